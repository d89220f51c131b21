package tf.grid.hub.space;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Future;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.job.Jobs.JobWork;
import tf.grid.hub.limit.ByteRate;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.space.check.CheckReport;
import tf.grid.hub.space.check.ContentCheck;

/** Checks the content of all flists as a job, one at a time, and keeps the report. Thread-safe. */
public final class ContentChecks implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ContentChecks.class.getName());

  private final ContentCheck check;
  private final Jobs jobs;
  private final FailureMessage reasons;
  private final SpaceSettings settings;
  private final ReportFile state;
  private final Clock clock;
  private final Ticker ticker;
  private Job latest;

  /**
   * Checks on request.
   *
   * @param reasons converts failures to messages
   */
  public ContentChecks(
      ContentCheck check,
      Jobs jobs,
      FailureMessage reasons,
      SpaceSettings settings,
      Clock clock,
      Ticker ticker) {
    this.check = check;
    this.jobs = jobs;
    this.reasons = reasons;
    this.settings = settings;
    this.state = new ReportFile(settings.directory().resolve("check.json"));
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Starts a check.
   *
   * @param by the owner of the job
   * @param content whether stored bytes are read; else only asks which chunks are there
   * @throws CollectionException if one is running
   */
  public synchronized Job start(AccountName by, boolean content) {
    if (running().isPresent()) {
      throw CollectionException.checking();
    }
    Job job = jobs.open(by, "check of all flists");
    JobWork<CheckReport> work = progress -> run(content, progress);
    latest = job;
    Future<?> unused = jobs.start(job, work, CheckReport::json);
    return job;
  }

  private CheckReport run(boolean content, JobProgress progress) throws IOException {
    ByteRate rate =
        new ByteRate(
            settings.checkedBytesPerSecond(), ticker, wait -> Thread.sleep(wait.toMillis()));
    try {
      CheckReport report = check.all(content, bytes -> read(bytes, rate, progress), progress::step);
      state.ended("last", report.json(), true);
      LOG.log(
          report.isSound() ? Level.INFO : Level.WARNING,
          "check of {0} flists: {1} chunks, {2} missing, {3} damaged",
          report.flists(),
          report.chunks(),
          report.missing(),
          report.damaged());
      return report;
    } catch (IOException | RuntimeException e) {
      state.failed(clock.instant(), Thread.interrupted() ? "cancelled" : reasons.of(e));
      throw e;
    }
  }

  private static void read(long bytes, ByteRate rate, JobProgress progress) {
    progress.received(bytes);
    try {
      rate.take(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
  }

  /** Cancels the running check. Returns whether there was one. */
  public boolean cancel() {
    Optional<Job> open = running();
    open.ifPresent(Job::cancel);
    return open.isPresent();
  }

  /** The state for administrators: the running job, if any, and the last report. */
  public JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder(state.reports());
    Optional<Job> job = running();
    json.add("running", job.isPresent());
    job.ifPresent(
        open ->
            json.add("jobid", open.id().toString()).add("progress", open.latest().event().json()));
    return json.build();
  }

  /** The running job. */
  public synchronized Optional<Job> running() {
    return Optional.ofNullable(latest).filter(job -> !job.latest().event().last());
  }

  @Override
  public void close() {
    cancel();
  }
}
