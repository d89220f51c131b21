package tf.grid.hub.site.manage;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.UnaryOperator;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.audit.AuditEntry;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.CatalogueException.ChangeRejectedException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.job.Jobs.FailureMessage;

/**
 * A form that was sent: what it asks for is done, and the visitor led to where that is seen; or the
 * form says why it was not. Either is written down, as it is for programs.
 */
@RequestScoped
public class FormSubmission {

  private final OwnRepository me;
  private final CurrentEntry asked;
  private final FailureMessage reasons;
  private final PageAudit audit;

  /** For the container's proxy. */
  protected FormSubmission() {
    this(null, null, null, null);
  }

  /** Takes who asks, what about, who words what goes wrong, and where to record. */
  @Inject
  public FormSubmission(
      OwnRepository me, CurrentEntry asked, FailureMessage reasons, PageAudit audit) {
    this.me = me;
    this.asked = asked;
    this.reasons = reasons;
    this.audit = audit;
  }

  /** What a form asks for. */
  @FunctionalInterface
  interface Change {

    /**
     * Does it.
     *
     * @param own the visitor's repository
     * @return the address to go on at
     */
    String in(RepositoryName own) throws IOException;
  }

  /**
   * Does something to what the page is about, which has to be the visitor's.
   *
   * @param field where the page says what was wrong; null for its top
   * @param action as the log calls it
   * @param names adds what it concerns
   */
  void onOwn(String field, String action, UnaryOperator<AuditEntry> names, Change change) {
    on(
        field,
        action,
        names,
        own -> {
          if (!own.equals(asked.repository())) {
            throw ChangeRejectedException.ofAnother(asked.repository(), own);
          }
          return change.in(own);
        });
  }

  /** Does something in the visitor's repository; parameters as before. */
  void on(String field, String action, UnaryOperator<AuditEntry> names, Change change) {
    FacesContext faces = FacesContext.getCurrentInstance();
    LocalPath next;
    try {
      next = new LocalPath(change.in(me.toChange()));
    } catch (IOException | RuntimeException e) {
      String why = reasons.of(e);
      audit.record(names.apply(audit.of(action)).failed(status(e), why));
      // Forms that are not the visitor's are not shown again.
      faces.addMessage(
          e instanceof ChangeRejectedException ? null : field,
          new FacesMessage(FacesMessage.SEVERITY_ERROR, why, null));
      return;
    }
    audit.record(names.apply(audit.of(action)));
    next.redirect((HttpServletResponse) faces.getExternalContext().getResponse());
    faces.responseComplete();
  }

  private static int status(Exception failure) {
    if (failure instanceof AccessException || failure instanceof ChangeRejectedException) {
      return 403;
    }
    return failure instanceof CatalogueException ? 400 : 500;
  }
}
