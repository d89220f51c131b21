package tf.grid.hub.site.merge;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.diff.EntryKind;
import tf.grid.hub.flist.merge.MergeConflict;
import tf.grid.hub.flist.merge.MergeConflict.SourceEntry;
import tf.grid.hub.flist.merge.MergePreview;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.site.catalogue.PageLinks;
import tf.grid.hub.upload.merge.FlistMerger;
import tf.grid.hub.upload.merge.MergeConflicts;

/** The merge page. Sources and their order are in its URL; conflicts are shown before merging. */
@Named("merge")
@RequestScoped
public class MergeView {

  private static final int MOST_CONFLICTS = 100;

  private final MergeSelection sources;
  private final OwnRepository me;
  private final FlistMerger merging;
  private final MergeConflicts conflicts;
  private final FailureMessage reasons;
  private final PageAudit audit;
  private String name = "";
  private List<ConflictRow> found;
  private MergePreview preview;
  private String problem = "";

  protected MergeView() {
    this(null, null, null, null, null, null);
  }

  @Inject
  public MergeView(
      MergeSelection sources,
      OwnRepository me,
      FlistMerger merging,
      MergeConflicts conflicts,
      FailureMessage reasons,
      PageAudit audit) {
    this.sources = sources;
    this.me = me;
    this.merging = merging;
    this.conflicts = conflicts;
    this.reasons = reasons;
    this.audit = audit;
  }

  /** The selected sources in order of precedence. */
  public List<String> getSources() {
    return sources.chosen();
  }

  public List<MergeSourceRow> getRows() {
    return MergeSourceRow.of(getSources());
  }

  /** The conflicts, up to a limit. */
  public List<ConflictRow> getConflicts() {
    look();
    return found;
  }

  /** What the merge would make; null if there is nothing to merge. */
  public MergePreview getPreview() {
    look();
    return preview;
  }

  /** Why the sources cannot be merged; empty if they can. */
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
          preview = conflicts.preview(chosen, MOST_CONFLICTS);
          found = preview.first().stream().map(clash -> ConflictRow.of(clash, chosen)).toList();
        }
      } catch (IOException | RuntimeException e) {
        problem = reasons.of(e);
      }
    }
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Merges the sources and redirects to the new flist, or shows the error. */
  public void merge() {
    FacesContext faces = FacesContext.getCurrentInstance();
    try {
      RepositoryName owner = me.toChange();
      FlistName target = FlistName.parse(name.strip());
      merging.merge(owner, target, getSources());
      audit.record(audit.of("merge").named("name", target.stored()));
      new LocalPath(PageLinks.preview(owner, target.stored()))
          .redirect((HttpServletResponse) faces.getExternalContext().getResponse());
      faces.responseComplete();
    } catch (IOException | RuntimeException e) {
      faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, reasons.of(e), null));
    }
  }

  /**
   * A conflict.
   *
   * @param path from the root
   * @param kept the entry that is kept
   * @param dropped the entries that are dropped
   */
  public record ConflictRow(String path, Side kept, List<Side> dropped) {

    /**
     * An entry of a source.
     *
     * @param source {@code repository/flist}
     * @param type such as {@code directory}
     * @param size in bytes
     */
    public record Side(String source, String type, long size) {

      private static Side of(SourceEntry version, List<String> sources) {
        String type = EntryKind.of(version.node()).name().toLowerCase(Locale.ROOT);
        return new Side(sources.get(version.source()), type, version.node().size());
      }
    }

    static ConflictRow of(MergeConflict clash, List<String> sources) {
      return new ConflictRow(
          "/" + PrintableText.of(clash.path().toString()),
          Side.of(clash.kept(), sources),
          clash.dropped().stream().map(version -> Side.of(version, sources)).toList());
    }
  }
}
