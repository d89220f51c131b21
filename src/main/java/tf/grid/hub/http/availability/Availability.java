package tf.grid.hub.http.availability;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.problem.Problem;

/**
 * Whether the hub takes requests: it does not if its start has failed, or while it stops. It
 * depends on no other service, so that it works even if no other one could be created. Thread-safe.
 */
@SingletonBean
public class Availability {

  /** What a client is told that sends a request while the hub stops. */
  private static final String STOPPING = "the hub is stopping, try again later";

  private static final Duration RESTART = Duration.ofSeconds(30);

  /** A request that the server has accepted is counted within this time. */
  private static final Duration SETTLE = Duration.ofMillis(500);

  private volatile String startFailure;
  private volatile boolean stopping;
  private int changing;

  /**
   * The start has failed; from now on, all requests are refused.
   *
   * @param reason one line for the operator
   */
  public void startFailed(String reason) {
    startFailure = reason;
  }

  /** Why the start has failed; empty if it has not. */
  public Optional<String> startFailure() {
    return Optional.ofNullable(startFailure);
  }

  /**
   * Refuses new requests, ends uploads that still arrive, and waits until requests that change
   * something have been answered, also those that the server has accepted a moment ago.
   *
   * @param most how long to wait for them
   * @return whether all have been answered
   */
  public synchronized boolean stop(Duration most) throws InterruptedException {
    long start = System.nanoTime();
    long settled = stopping ? start : start + SETTLE.toNanos();
    long end = start + most.toNanos();
    stopping = true;
    for (long now = start; changing > 0 || now - settled < 0; now = System.nanoTime()) {
      if (now - end >= 0) {
        return false;
      }
      wait(Math.max(1, ((changing > 0 ? end : settled) - now) / 1_000_000));
    }
    return true;
  }

  Optional<StoppingException> stopping() {
    return stopping ? Optional.of(new StoppingException()) : Optional.empty();
  }

  /** Counts a request that changes something, until {@link #changed}. */
  synchronized void changing() {
    changing++;
  }

  synchronized void changed() {
    changing--;
    notifyAll();
  }

  /** The hub is stopping. */
  static final class StoppingException extends IOException implements Problem {
    private static final long serialVersionUID = 1;

    StoppingException() {
      super(STOPPING);
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(RESTART);
    }
  }

  /**
   * Event: all services of the hub exist; the application can still be changed.
   *
   * @param application the web application
   */
  public record Started(ServletContext application) {}
}
