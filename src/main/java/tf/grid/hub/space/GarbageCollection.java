package tf.grid.hub.space;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.shared.Turns;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobProgress;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.rate.ByteRate;
import tf.grid.hub.store.ChunkSweep.Rewriting;

/** Runs collections as jobs, one at a time, and keeps their reports. Thread-safe. */
public final class GarbageCollection extends ReportedJob {
  private static final Logger LOG = System.getLogger(GarbageCollection.class.getName());

  private final Optional<Collector> collector;
  private final SpaceSettings settings;
  private final Ticker ticker;

  /**
   * Collects on request.
   *
   * @param collector empty if the store cannot list and delete chunks
   * @param reasons converts failures to messages
   * @param turns of this hub among others
   */
  public GarbageCollection(
      Optional<Collector> collector,
      Jobs jobs,
      FailureMessage reasons,
      SpaceSettings settings,
      Clock clock,
      Ticker ticker,
      Turns turns) {
    super(
        jobs,
        reasons,
        new ReportFile(settings.directory().resolve("collection.json")),
        clock,
        turns);
    this.collector = collector;
    this.settings = settings;
    this.ticker = ticker;
  }

  /**
   * Starts a collection.
   *
   * @param by the owner of the job
   * @param dryRun whether nothing is deleted
   * @throws CollectionException if one is running, or the store does not support it
   * @throws ElsewhereException if another hub collects
   */
  public Job start(AccountName by, boolean dryRun) {
    return start(by, dryRun, Duration.ZERO);
  }

  /** The same, but does nothing if another hub has begun within some time. */
  public Job start(AccountName by, boolean dryRun, Duration pause) {
    Collector able = collector.orElseThrow(CollectionException::impossible);
    return start(
        by,
        pause,
        new Run<>(
            name(dryRun),
            dryRun ? "last-dry-run" : LAST,
            !dryRun,
            (progress, turn) -> run(able, dryRun, progress, turn),
            CollectionReport::json));
  }

  private CollectionReport run(Collector able, boolean dryRun, JobProgress progress, Turn turn) {
    CollectionReport report =
        dryRun
            ? able.dryRun(turn, progress::step)
            : able.collect(turn, new SlowRewriting(progress), progress::step);
    LOG.log(Level.INFO, "{0}", describe(report));
    return report;
  }

  private static String describe(CollectionReport report) {
    return "%s: %d flists, %d chunks live, %d unused with %d bytes, %d deleted, %d bytes given back"
        .formatted(
            name(report.dryRun()),
            report.flists(),
            report.live().chunks(),
            report.garbage().chunks(),
            report.garbage().bytes(),
            report.deleted().chunks(),
            report.reclaimed());
  }

  private static String name(boolean dryRun) {
    return dryRun ? "dry run of a collection" : "collection";
  }

  /** Continues a collection that a kill or a stop has interrupted. */
  public void resume() {
    if (collector.isPresent() && isUnfinished()) {
      LOG.log(Level.INFO, "continuing a collection that was interrupted");
      try {
        start(AccountName.ADMINISTRATOR, false);
      } catch (ElsewhereException | CollectionException e) {
        LOG.log(Level.INFO, "the collection is not continued: {0}", e.getMessage());
      }
    }
  }

  @Override
  CollectionException alreadyRunning() {
    return CollectionException.running();
  }

  /** Rewrites at a limited rate until the job is cancelled. */
  private final class SlowRewriting implements Rewriting {
    private final JobProgress progress;
    private final ByteRate rate = new ByteRate(settings.bytesPerSecond(), ticker);

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
      rate.take(bytes);
    }
  }
}
