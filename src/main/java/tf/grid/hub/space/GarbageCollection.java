package tf.grid.hub.space;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
import tf.grid.hub.store.ChunkSweep.Rewriting;

/** Runs collections as jobs, one at a time, and keeps their reports. Thread-safe. */
public final class GarbageCollection implements AutoCloseable {
  private static final Logger LOG = System.getLogger(GarbageCollection.class.getName());

  private final Optional<Collector> collector;
  private final Jobs jobs;
  private final FailureMessage reasons;
  private final SpaceSettings settings;
  private final ReportFile state;
  private final Clock clock;
  private final Ticker ticker;
  private Job latest;
  private volatile boolean stopping;

  /**
   * Collects on request.
   *
   * @param collector empty if the store cannot list and delete chunks
   * @param reasons converts failures to messages
   */
  public GarbageCollection(
      Optional<Collector> collector,
      Jobs jobs,
      FailureMessage reasons,
      SpaceSettings settings,
      Clock clock,
      Ticker ticker) {
    this.collector = collector;
    this.jobs = jobs;
    this.reasons = reasons;
    this.settings = settings;
    this.state = new ReportFile(settings.directory().resolve("collection.json"));
    this.clock = clock;
    this.ticker = ticker;
  }

  /**
   * Starts a collection.
   *
   * @param by the owner of the job
   * @param dryRun whether nothing is deleted
   * @throws CollectionException if one is running, or the store does not support it
   */
  public synchronized Job start(AccountName by, boolean dryRun) {
    Collector able = collector.orElseThrow(CollectionException::impossible);
    if (running().isPresent()) {
      throw CollectionException.running();
    }
    Job job = jobs.open(by, dryRun ? "dry run of a collection" : "collection");
    JobWork<CollectionReport> work = progress -> run(able, dryRun, progress);
    latest = job;
    if (!dryRun) {
      // Before the answer: from then on, a kill does not prevent the collection.
      state.begun();
    }
    Future<?> unused = jobs.start(job, work, CollectionReport::json);
    return job;
  }

  private CollectionReport run(Collector able, boolean dryRun, JobProgress progress) {
    try {
      CollectionReport report =
          dryRun
              ? able.dryRun(progress::step)
              : able.collect(new SlowRewriting(progress), progress::step);
      state.ended(dryRun ? "last-dry-run" : "last", report.json(), !dryRun);
      LOG.log(Level.INFO, "{0}", describe(report));
      return report;
    } catch (RuntimeException e) {
      if (!stopping) {
        state.failed(clock.instant(), Thread.interrupted() ? "cancelled" : reasons.of(e));
      }
      throw e;
    }
  }

  private static String describe(CollectionReport report) {
    return "%s: %d flists, %d chunks live, %d unused with %d bytes, %d deleted, %d bytes given back"
        .formatted(
            report.dryRun() ? "dry run of a collection" : "collection",
            report.flists(),
            report.live().chunks(),
            report.garbage().chunks(),
            report.garbage().bytes(),
            report.deleted().chunks(),
            report.reclaimed());
  }

  /** Continues a collection that a kill or a stop has interrupted. */
  public void resume() {
    if (collector.isPresent() && state.isUnfinished()) {
      LOG.log(Level.INFO, "continuing a collection that was interrupted");
      start(AccountName.ADMINISTRATOR, false);
    }
  }

  /** Stops the running collection, which continues when the hub is started again. */
  @Override
  public void close() {
    stopping = true;
    cancel();
  }

  /** Cancels the running collection. Returns whether there was one. */
  public synchronized boolean cancel() {
    Optional<Job> open = running();
    open.ifPresent(Job::cancel);
    if (open.isPresent() && running().isEmpty() && !stopping) {
      // It was still waiting for a thread.
      state.failed(clock.instant(), "cancelled");
    }
    return open.isPresent();
  }

  /** The state for administrators: the running job, if any, and the last reports. */
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

  /** Rewrites at a limited rate until the job is cancelled. */
  private final class SlowRewriting implements Rewriting {
    private final JobProgress progress;
    private final ByteRate rate =
        new ByteRate(settings.bytesPerSecond(), ticker, wait -> Thread.sleep(wait.toMillis()));

    SlowRewriting(JobProgress progress) {
      this.progress = progress;
    }

    @Override
    public double deadShare() {
      return settings.deadShare();
    }

    @Override
    public void copying(long bytes) {
      progress.received(bytes);
      try {
        rate.take(bytes);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new InterruptedIOException("interrupted"));
      }
    }
  }
}
