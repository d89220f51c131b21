package tf.grid.hub.limit;

import java.time.Duration;

/** Limits the rate of background work. Not thread-safe. */
public final class ByteRate {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final long bytesPerSecond;
  private final Ticker ticker;
  private final Sleeper sleeper;
  private long free;

  /**
   * A rate that is not used yet.
   *
   * @param bytesPerSecond at least 1
   */
  public ByteRate(long bytesPerSecond, Ticker ticker, Sleeper sleeper) {
    this.bytesPerSecond = bytesPerSecond;
    this.ticker = ticker;
    this.sleeper = sleeper;
    this.free = ticker.nanos();
  }

  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {
    /** Returns after about this time. */
    void sleep(Duration duration) throws InterruptedException;
  }

  /**
   * Waits until earlier bytes have taken their time, and counts these.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public void take(long bytes) throws InterruptedException {
    long now = ticker.nanos();
    // Time that was not used is lost, so that no burst follows a pause.
    free = Math.max(free, now);
    while (free > now) {
      Duration wait = Duration.ofNanos(free - now);
      sleeper.sleep(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
      now = ticker.nanos();
    }
    free += (long) (bytes * (double) Duration.ofSeconds(1).toNanos() / bytesPerSecond);
  }
}
