package tf.grid.hub.limit.rate;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import tf.grid.hub.limit.Ticker;

/** Limits the rate of background work. Not thread-safe. */
public final class ByteRate {
  private static final long LONGEST_WAIT = Duration.ofSeconds(5).toNanos();

  private final long bytesPerSecond;
  private final Ticker ticker;
  private long free;

  /**
   * A rate that is not used yet.
   *
   * @param bytesPerSecond at least 1
   */
  public ByteRate(long bytesPerSecond, Ticker ticker) {
    this.bytesPerSecond = bytesPerSecond;
    this.ticker = ticker;
    this.free = ticker.nanos();
  }

  /**
   * Waits until earlier bytes have taken their time, and counts these.
   *
   * @throws UncheckedIOException if the thread is interrupted; it stays so
   */
  public void take(long bytes) {
    long now = ticker.nanos();
    // Time that was not used is lost, so that no burst follows a pause.
    free = Math.max(free, now);
    while (free > now) {
      sleep(Duration.ofNanos(Math.min(free - now, LONGEST_WAIT)));
      now = ticker.nanos();
    }
    free += (long) (bytes * (double) Duration.ofSeconds(1).toNanos() / bytesPerSecond);
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
  }
}
