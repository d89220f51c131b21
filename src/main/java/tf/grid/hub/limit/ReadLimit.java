package tf.grid.hub.limit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many flists are read at once: each may hold a directory of hundreds of thousands of
 * entries in memory. Waiting threads are served in order. Thread-safe.
 */
public final class ReadLimit {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Semaphore permits;
  private final int maxWaiting;
  private final Duration maxWait;

  /**
   * A limit with all permits free.
   *
   * @param permits reads at the same time, at least one
   * @param maxWaiting threads that may wait; more are rejected at once, since a waiting thread
   *     answers no other request
   * @param maxWait how long a thread waits before it is rejected
   */
  public ReadLimit(int permits, int maxWaiting, Duration maxWait) {
    this.permits = new Semaphore(permits, true);
    this.maxWaiting = maxWaiting;
    this.maxWait = maxWait;
  }

  /**
   * Waits for a permit and reads.
   *
   * @throws TryAgainLaterException if no permit became free in time; nothing was read then
   */
  public <V> V take(Reading<V> reading) throws IOException {
    await();
    try {
      return reading.read();
    } finally {
      permits.release();
    }
  }

  private void await() throws IOException {
    try {
      if (permits.getQueueLength() >= maxWaiting
          || !permits.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the hub is about to end");
    }
  }

  /** Rejects a read of a flist. */
  public static TryAgainLaterException busy(Duration pause) {
    return new TryAgainLaterException(
        503, pause, "tried to read the flist but too many others are being read, try again later");
  }

  /**
   * Work that needs a permit.
   *
   * @param <V> the result
   */
  @FunctionalInterface
  public interface Reading<V> {

    /** Reads while the permit is held. */
    V read() throws IOException;
  }
}
