package tf.grid.hub.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.CronTrigger;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.shared.ElsewhereException;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.job.Job;
import tf.grid.hub.space.ContentChecks;
import tf.grid.hub.space.GarbageCollection;
import tf.grid.hub.space.RetentionRuns;
import tf.grid.hub.wiring.config.HubConfiguration;

/**
 * Starts collections, checks and retention at the configured times, and an interrupted collection
 * when the hub starts. Writes the counts of downloads once a minute.
 */
@SingletonBean
public class CollectionSchedule {
  private static final Logger LOG = System.getLogger(CollectionSchedule.class.getName());

  private static final long FLUSH_SECONDS = 50;

  /** Hubs with the same schedule have clocks that differ a little, and do the work once. */
  private static final Duration SAME_TIME = Duration.ofMinutes(1);

  private final HubConfiguration configuration;
  private final GarbageCollection collection;
  private final ContentChecks checks;
  private final RetentionRuns retention;
  private final DownloadCounts counts;
  private final ShutdownActions closing;

  @Resource private ManagedScheduledExecutorService timer;

  @Inject
  public CollectionSchedule(
      HubConfiguration configuration,
      GarbageCollection collection,
      ContentChecks checks,
      RetentionRuns retention,
      DownloadCounts counts,
      ShutdownActions closing) {
    this.configuration = configuration;
    this.collection = collection;
    this.checks = checks;
    this.retention = retention;
    this.counts = counts;
    this.closing = closing;
  }

  public void start() {
    Future<?> writing =
        timer.scheduleWithFixedDelay(counts::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
    closing.later(() -> writing.cancel(false));
    collection.resume();
    configuration
        .collection()
        .schedule()
        .ifPresent(
            times ->
                follow(
                    times,
                    "collection",
                    () -> collection.start(AccountName.ADMINISTRATOR, false, SAME_TIME)));
    configuration
        .collection()
        .scrub()
        .ifPresent(
            times ->
                follow(
                    times,
                    "check",
                    () -> checks.start(AccountName.ADMINISTRATOR, true, SAME_TIME)));
    configuration
        .retention()
        .schedule()
        .ifPresent(
            times ->
                follow(
                    times,
                    "retention",
                    () -> retention.start(AccountName.ADMINISTRATOR, false, SAME_TIME)));
  }

  private void follow(CronTrigger times, String what, Supplier<Job> work) {
    Future<?> future = timer.schedule(() -> start(what, work), times);
    closing.later(() -> future.cancel(false));
  }

  private static void start(String what, Supplier<Job> work) {
    try {
      LOG.log(Level.INFO, "a scheduled {0} starts as job {1}", what, work.get().id());
    } catch (ElsewhereException e) {
      LOG.log(Level.INFO, "a scheduled {0} is not needed here: {1}", what, e.getMessage());
    } catch (RuntimeException e) {
      // An exception would end the schedule.
      LOG.log(Level.WARNING, "a scheduled {0} does not start: {1}", what, e.getMessage());
    }
  }
}
