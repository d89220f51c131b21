package tf.grid.hub.space;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.shared.Turns;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.rate.ByteRate;
import tf.grid.hub.space.check.CheckReport;
import tf.grid.hub.space.check.ContentCheck;

/** Checks the content of all flists as a job, one at a time, and keeps the report. Thread-safe. */
public final class ContentChecks extends ReportedJob {
  private static final Logger LOG = System.getLogger(ContentChecks.class.getName());

  private final ContentCheck check;
  private final SpaceSettings settings;
  private final Ticker ticker;

  /**
   * Checks on request.
   *
   * @param reasons converts failures to messages
   * @param turns of this hub among others
   */
  public ContentChecks(
      ContentCheck check,
      Jobs jobs,
      FailureMessage reasons,
      SpaceSettings settings,
      Clock clock,
      Ticker ticker,
      Turns turns) {
    super(jobs, reasons, new ReportFile(settings.directory().resolve("check.json")), clock, turns);
    this.check = check;
    this.settings = settings;
    this.ticker = ticker;
  }

  /**
   * Starts a check.
   *
   * @param by the owner of the job
   * @param content whether stored bytes are read; else only asks which chunks are there
   * @throws CollectionException if one is running
   */
  public Job start(AccountName by, boolean content) {
    return start(by, content, Duration.ZERO);
  }

  /** The same, but does nothing if another hub has begun within some time. */
  public Job start(AccountName by, boolean content, Duration pause) {
    return start(
        by,
        pause,
        new Run<>(
            "check of all flists",
            LAST,
            false,
            (progress, turn) -> run(content, progress, turn),
            CheckReport::json));
  }

  private CheckReport run(boolean content, JobProgress progress, Turn turn) throws IOException {
    ByteRate rate = new ByteRate(settings.checkedBytesPerSecond(), ticker);
    CheckReport report =
        check.all(
            content,
            bytes -> {
              turn.check();
              progress.received(bytes);
              rate.take(bytes);
            },
            progress::step);
    LOG.log(
        report.isSound() ? Level.INFO : Level.WARNING,
        "check of {0} flists: {1} chunks, {2} missing, {3} damaged",
        report.flists(),
        report.chunks(),
        report.missing(),
        report.damaged());
    return report;
  }

  @Override
  CollectionException alreadyRunning() {
    return CollectionException.checking();
  }
}
