package tf.grid.hub.space;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.shared.Turns;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.space.retention.Retention;
import tf.grid.hub.space.retention.RetentionReport;
import tf.grid.hub.space.retention.RetentionRule;

/** Applies retention rules as a job, once at a time, and keeps the reports. Thread-safe. */
public final class RetentionRuns extends ReportedJob {
  private static final Logger LOG = System.getLogger(RetentionRuns.class.getName());

  private final Retention retention;

  /**
   * Applies the rules on request.
   *
   * @param reasons converts failures to messages
   * @param turns of this hub among others
   */
  public RetentionRuns(
      Retention retention,
      Jobs jobs,
      FailureMessage reasons,
      SpaceSettings settings,
      Clock clock,
      Turns turns) {
    super(
        jobs,
        reasons,
        new ReportFile(settings.directory().resolve("retention.json")),
        clock,
        turns);
    this.retention = retention;
  }

  /** The configured rules. */
  public List<String> rules() {
    return retention.rules().stream().map(RetentionRule::toString).toList();
  }

  /**
   * Starts a run.
   *
   * @param by the owner of the job
   * @param dryRun whether nothing is deleted
   * @throws CollectionException if one is running
   */
  public Job start(AccountName by, boolean dryRun) {
    return start(by, dryRun, Duration.ZERO);
  }

  /** The same, but does nothing if another hub has begun within some time. */
  public Job start(AccountName by, boolean dryRun, Duration pause) {
    return start(
        by,
        pause,
        new Run<>(
            dryRun ? "retention, dry run" : "retention",
            dryRun ? "last-dry-run" : LAST,
            false,
            (progress, turn) -> run(by, dryRun, progress, turn),
            RetentionReport::json));
  }

  private RetentionReport run(AccountName by, boolean dryRun, JobProgress progress, Turn turn)
      throws Exception {
    RetentionReport report =
        retention.run(
            by,
            dryRun,
            step -> {
              turn.check();
              progress.step(step);
            });
    LOG.log(
        Level.INFO,
        "retention of {0} flists: {1} expired, {2} deleted, {3} kept by links",
        report.flists(),
        report.expired(),
        report.deleted(),
        report.linked());
    return report;
  }

  @Override
  CollectionException alreadyRunning() {
    return CollectionException.applyingRules();
  }
}
