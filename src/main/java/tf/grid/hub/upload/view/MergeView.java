package tf.grid.hub.upload.view;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.view.Addresses;
import tf.grid.hub.job.FailureReason;
import tf.grid.hub.upload.merge.MergeConflicts;
import tf.grid.hub.upload.merge.Merging;

/**
 * The page that merges flists. Which ones, and in which order, is in its address; what they
 * disagree about is shown before anything is done.
 */
@Named("merge")
@RequestScoped
public class MergeView {

  private static final int MOST_CONFLICTS = 100;

  private final MergeSources sources;
  private final OwnRepository me;
  private final Merging merging;
  private final MergeConflicts conflicts;
  private final FailureReason reasons;
  private final PageAudit audit;
  private String name = "";
  private List<ConflictRow> found;
  private String problem = "";

  /** For the container's proxy. */
  protected MergeView() {
    this(null, null, null, null, null, null);
  }

  /** Takes who asks, what does the work, and who words what goes wrong. */
  @Inject
  public MergeView(
      MergeSources sources,
      OwnRepository me,
      Merging merging,
      MergeConflicts conflicts,
      FailureReason reasons,
      PageAudit audit) {
    this.sources = sources;
    this.me = me;
    this.merging = merging;
    this.conflicts = conflicts;
    this.reasons = reasons;
    this.audit = audit;
  }

  /** What is chosen, in the order in which it counts. */
  public List<String> getSources() {
    return sources.chosen();
  }

  /** The same, to be shown and moved. */
  public List<MergeSourceRow> getRows() {
    return MergeSourceRow.of(getSources());
  }

  /** Paths at which the sources have different things, up to a bound. */
  public List<ConflictRow> getConflicts() {
    look();
    return found;
  }

  /** Whether there may be more conflicts than are shown. */
  public boolean isMore() {
    return getConflicts().size() == MOST_CONFLICTS;
  }

  /** Why these sources cannot be merged; empty if they can. */
  public String getProblem() {
    look();
    return problem;
  }

  private void look() {
    if (found == null) {
      found = List.of();
      List<String> chosen = getSources();
      try {
        if (!chosen.isEmpty()) {
          found =
              conflicts.first(chosen, MOST_CONFLICTS).stream()
                  .map(clash -> ConflictRow.of(clash, chosen))
                  .toList();
        }
      } catch (IOException | RuntimeException e) {
        problem = reasons.of(e);
      }
    }
  }

  /** The name of the new flist. */
  public String getName() {
    return name;
  }

  /** Takes the name of the new flist. */
  public void setName(String name) {
    this.name = name;
  }

  /** Merges and shows the new flist; says why when it cannot. */
  public void merge() {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      RepositoryName owner = me.toChange();
      FlistName target = FlistName.parse(name.strip());
      merging.merge(owner, target, getSources());
      audit.record(audit.of("merge").named("name", target.stored()));
      new LocalPath(Addresses.preview(owner, target.stored()))
          .redirect((HttpServletResponse) faces.getExternalContext().getResponse());
      faces.responseComplete();
    } catch (IOException | RuntimeException e) {
      faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, reasons.of(e), null));
    }
  }
}
