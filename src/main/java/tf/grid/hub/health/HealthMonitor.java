package tf.grid.hub.health;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.limit.Ticker;

/**
 * Runs all checks once per second, each on its own thread, so that requests for the results cost
 * nothing and one check that blocks does not delay the others. A check that has been running for
 * three seconds has failed until it ends; therefore a failure is reported after at most four
 * seconds. Changes are logged. Thread-safe.
 */
public final class HealthMonitor implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(HealthMonitor.class.getName());

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** How long a check may run. */
  static final Duration LIMIT = Duration.ofSeconds(3);

  private final List<Watch> watches;
  private final List<HealthNote> notes;
  private final ScheduledExecutorService threads;

  private HealthMonitor(List<Watch> watches, List<HealthNote> notes) {
    this.watches = watches;
    this.notes = List.copyOf(notes);
    this.threads =
        Executors.newScheduledThreadPool(
            watches.size(),
            work -> {
              Thread thread = new Thread(work, "health-check");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts to run checks. */
  public static HealthMonitor of(List<HealthCheck> checks, Ticker ticker) {
    return of(checks, List.of(), ticker);
  }

  /**
   * The same with notes.
   *
   * @param notes are shown with the results, and do not make the hub unready
   */
  public static HealthMonitor of(List<HealthCheck> checks, List<HealthNote> notes, Ticker ticker) {
    HealthMonitor monitor =
        new HealthMonitor(checks.stream().map(check -> new Watch(check, ticker)).toList(), notes);
    for (Watch watch : monitor.watches) {
      Future<?> unused =
          monitor.threads.scheduleWithFixedDelay(
              watch::run, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return monitor;
  }

  /** Whether every check has completed, with whatever result. */
  public boolean isStarted() {
    return watches.stream().allMatch(Watch::hasRun);
  }

  /** Returns the current results in the order of the checks. */
  public List<CheckResult> results() {
    return watches.stream().map(Watch::result).toList();
  }

  /** What is worth knowing without making the hub unready. */
  List<HealthNote> notes() {
    return notes;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /**
   * The result of a check.
   *
   * @param name of the check
   * @param complaint what is wrong; empty if the check succeeded
   */
  public record CheckResult(String name, Optional<String> complaint) {

    public boolean isUp() {
      return complaint.isEmpty();
    }
  }

  /** The state of one check. */
  private static final class Watch {
    private static final long IDLE = -1;

    private final HealthCheck check;
    private final Ticker ticker;
    private final long origin;

    /** Nanoseconds since the origin, or {@link #IDLE}. */
    private volatile long runsSince = IDLE;

    private volatile boolean hasRun;
    private volatile boolean failed;

    Watch(HealthCheck check, Ticker ticker) {
      this.check = check;
      this.ticker = ticker;
      this.origin = ticker.nanos();
    }

    void run() {
      runsSince = ticker.nanos() - origin;
      try {
        check.probe().run();
        if (failed) {
          LOG.log(Level.INFO, "health: {0} works again", check.name());
        }
        failed = false;
      } catch (Exception | Error e) {
        if (!failed && !Thread.currentThread().isInterrupted()) {
          LOG.log(Level.WARNING, "health: {0}: {1}", check.complaint(), e.toString());
        }
        failed = true;
      } finally {
        hasRun = true;
        runsSince = IDLE;
      }
    }

    boolean hasRun() {
      return hasRun;
    }

    CheckResult result() {
      if (isBlocked()) {
        return down(check.name() + " does not answer");
      }
      if (!hasRun) {
        return down("not checked yet");
      }
      return failed ? down(check.complaint()) : new CheckResult(check.name(), Optional.empty());
    }

    private boolean isBlocked() {
      long since = runsSince;
      return since != IDLE && ticker.nanos() - origin - since >= LIMIT.toNanos();
    }

    private CheckResult down(String complaint) {
      return new CheckResult(check.name(), Optional.of(complaint));
    }
  }
}
