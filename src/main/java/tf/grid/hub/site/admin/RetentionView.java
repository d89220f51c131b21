package tf.grid.hub.site.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.space.CollectionException;
import tf.grid.hub.space.RetentionRuns;

/** Retention rules, with the last reports. */
@Named("retention")
@RequestScoped
public class RetentionView {
  private static final int MAX_ROWS = 50;

  private final AccessControl access;
  private final RetentionRuns runs;
  private final PageAudit audit;

  protected RetentionView() {
    this(null, null, null);
  }

  @Inject
  public RetentionView(AccessControl access, RetentionRuns runs, PageAudit audit) {
    this.access = access;
    this.runs = runs;
    this.audit = audit;
  }

  /** The configured rules. */
  public List<String> getRules() {
    return runs.rules();
  }

  /** What the running job is doing; empty if none runs. */
  public String getRunning() {
    return runs.running()
        .map(job -> job.latest().event().json().getString("message", ""))
        .orElse("");
  }

  /** Why the last run failed; empty if it did not. */
  public String getFailure() {
    JsonObject reports = runs.json();
    return reports.containsKey("failure")
        ? reports.getJsonObject("failure").getString("message", "")
        : "";
  }

  /** The last dry run and the last run, as far as there were any. */
  public List<Report> getReports() {
    JsonObject reports = runs.json();
    return Stream.of("last-dry-run", "last")
        .filter(reports::containsKey)
        .map(reports::getJsonObject)
        .map(Report::of)
        .toList();
  }

  public void dryRun() {
    start(true);
  }

  /** Deletes what no rule keeps. */
  public void apply() {
    start(false);
  }

  /** Cancels the running deletion or dry run, if it has not ended meanwhile. */
  public void cancel() {
    access.toOperate();
    if (runs.cancel()) {
      audit.record(audit.of("cancel-retention"));
    }
  }

  private void start(boolean dryRun) {
    AccountName account = access.toOperate();
    try {
      runs.start(account, dryRun);
      audit.record(dryRun ? audit.dryRun("retention") : audit.of("retention"));
    } catch (CollectionException | ElsewhereException e) {
      FacesContext.getCurrentInstance()
          .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, e.getMessage(), null));
    }
  }

  /**
   * A report.
   *
   * @param title key of a text
   * @param flists number of flists that have rules
   * @param expired number of those that no rule keeps
   * @param deleted number of those that were deleted
   * @param linked number of those that only a link or tag keeps
   * @param rows the first flists that expired
   */
  public record Report(
      String title,
      Instant ended,
      long flists,
      long expired,
      long deleted,
      long linked,
      List<Row> rows) {

    /** Keeps a copy of the list. */
    public Report {
      rows = List.copyOf(rows);
    }

    private static Report of(JsonObject json) {
      return new Report(
          json.getBoolean("dry-run") ? "admin.last-dry-run" : "admin.last-deletion",
          Instant.parse(json.getString("ended")),
          json.getInt("flists"),
          json.getInt("expired"),
          json.getInt("deleted"),
          json.getInt("linked"),
          json.getJsonArray("list").getValuesAs(JsonObject.class).stream()
              .limit(MAX_ROWS)
              .map(row -> new Row(row.getString("flist"), row.getString("rule")))
              .toList());
    }
  }

  /** A flist that expired. */
  public record Row(String flist, String rule) {}
}
