package tf.grid.hub.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.mirror.copy.CopySource;
import tf.grid.hub.mirror.copy.RepositoryCopy;
import tf.grid.hub.problem.Problem;

/**
 * Follows another hub in a thread of its own: compares at intervals, and says since when it lags if
 * that is not possible. What was copied is served in any case. Start it once.
 */
public final class Mirror implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Mirror.class.getName());
  private static final int MOST_PROBLEMS = 100;
  private static final Duration TO_STOP = Duration.ofSeconds(5);

  private final MirrorState state;
  private final CopySource source;
  private final RepositoryCopy copies;
  private final Set<RepositoryName> wanted;
  private final Duration interval;
  private final MirrorStatus status;
  private final Clock clock;
  private final Ticker ticker;
  private final Thread thread;

  /** The last failure in the log; empty if the log says that this hub is equal to its source. */
  private String reported = "not compared yet";

  /**
   * Reads what is known of the source.
   *
   * @param status is told of the state
   * @throws IOException if the directory for the state cannot be used
   */
  public Mirror(
      MirrorSettings settings,
      CopySource source,
      RepositoryCopy copies,
      MirrorStatus status,
      Clock clock,
      Ticker ticker)
      throws IOException {
    this.state = MirrorState.open(settings.directory(), source.hub().base());
    this.source = source;
    this.copies = copies;
    this.wanted = settings.repositories();
    this.interval = settings.interval();
    this.status = status;
    this.clock = clock;
    this.ticker = ticker;
    this.thread = new Thread(this::follow, "mirror");
    thread.setDaemon(true);
    status.known(state.current(), state.official());
  }

  /** Starts to follow. */
  public void start() {
    thread.start();
  }

  private void follow() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        compare();
        Thread.sleep(interval.toMillis());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes one comparison. Failures are reported, and end only this one. */
  void compare() {
    status.begun();
    long begun = ticker.nanos();
    try {
      MirrorRun run = new MirrorRun(state, source, copies, wanted, status, clock, ticker);
      if (run.run()) {
        completed(Duration.ofNanos(ticker.nanos() - begun));
      } else {
        failed("something changed at the source meanwhile, or a list of it is damaged");
      }
    } catch (IOException | RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        failed(reason(e));
      }
    }
  }

  private void completed(Duration took) {
    status.completed(
        state.current().orElseThrow(),
        took,
        MirrorRun.problems(state, MOST_PROBLEMS),
        (int)
            state.repositories().values().stream()
                .filter(one -> !one.problems().isEmpty())
                .count());
    if (!reported.isEmpty()) {
      LOG.log(
          Level.INFO,
          "mirror: this hub is equal to {0}; the comparison took {1} s",
          source.hub().base(),
          took.toSeconds());
      reported = "";
    }
  }

  /** The first of equal failures is logged. */
  private void failed(String why) {
    status.failed(why);
    if (!why.equals(reported)) {
      reported = why;
      LOG.log(Level.WARNING, "mirror: {0}", why);
    }
  }

  private static String reason(Exception failure) {
    Throwable cause =
        failure instanceof UncheckedIOException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Problem problem) {
      return Objects.requireNonNullElse(problem.getMessage(), cause.toString());
    }
    return cause.toString();
  }

  /** Stops at the next request, and does not wait longer than a few seconds. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TO_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
