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
import tf.grid.hub.problem.Problem;

/**
 * Processes a submitted form: executes the change and redirects, or shows the error in the form.
 * Both are recorded in the audit log, as for programs.
 */
@RequestScoped
public class FormSubmission {

  private final OwnRepository me;
  private final CurrentEntry current;
  private final FailureMessage reasons;
  private final PageAudit audit;

  protected FormSubmission() {
    this(null, null, null, null);
  }

  @Inject
  public FormSubmission(
      OwnRepository me, CurrentEntry current, FailureMessage reasons, PageAudit audit) {
    this.me = me;
    this.current = current;
    this.reasons = reasons;
    this.audit = audit;
  }

  /** The change requested by a form. */
  @FunctionalInterface
  interface Change {

    /**
     * Executes the change.
     *
     * @param own the visitor's repository
     * @return the URL to redirect to
     */
    String in(RepositoryName own) throws IOException;
  }

  /**
   * Changes the item of the page, which must belong to the visitor.
   *
   * @param field the field at which to show errors; null for the top of the page
   * @param action name in the audit log
   * @param names adds the affected objects to the audit entry
   */
  void onOwn(String field, String action, UnaryOperator<AuditEntry> names, Change change) {
    on(
        field,
        action,
        names,
        own -> {
          if (!own.equals(current.repository())) {
            throw ChangeRejectedException.ofAnother(current.repository(), own);
          }
          return change.in(own);
        });
  }

  /** Changes something in the visitor's repository; see {@link #onOwn} for the parameters. */
  void on(String field, String action, UnaryOperator<AuditEntry> names, Change change) {
    FacesContext faces = FacesContext.getCurrentInstance();
    LocalPath next;
    try {
      next = new LocalPath(change.in(me.toChange()));
    } catch (IOException | RuntimeException e) {
      String why = reasons.of(e);
      audit.record(names.apply(audit.of(action)).failed(status(e), why));
      // Forms for items of others are not shown again.
      faces.addMessage(
          e instanceof ChangeRejectedException ? null : field,
          new FacesMessage(FacesMessage.SEVERITY_ERROR, why, null));
      return;
    }
    audit.record(names.apply(audit.of(action)));
    next.redirect((HttpServletResponse) faces.getExternalContext().getResponse());
    faces.responseComplete();
  }

  /** The status of a failure in the audit log. */
  static int status(Exception failure) {
    if (failure instanceof AccessException || failure instanceof ChangeRejectedException) {
      return 403;
    }
    if (failure instanceof CatalogueException) {
      return 400;
    }
    return failure instanceof Problem problem ? problem.status() : 500;
  }
}
