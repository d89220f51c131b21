package tf.grid.hub.limit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.digest.SingleFlight.Computation;
import tf.grid.hub.catalogue.name.CatalogueException.CatalogueBusyException;

/**
 * Bounds how many flists are read at once: each may hold a directory of hundreds of thousands of
 * entries in memory. Who comes first is served first. Threads share it.
 */
public final class ReadLimit {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Semaphore free;
  private final int queue;
  private final Duration patience;

  /**
   * Makes turns.
   *
   * @param atOnce how many are taken at the same time, at least one
   * @param queue how many threads wait for one; those beyond are refused at once, since threads
   *     that wait are threads that serve nobody else
   * @param patience how long a thread waits
   */
  public ReadLimit(int atOnce, int queue, Duration patience) {
    this.free = new Semaphore(atOnce, true);
    this.queue = queue;
    this.patience = patience;
  }

  /**
   * Waits for a turn and computes.
   *
   * @throws CatalogueBusyException if there was no turn in time
   */
  public <V> V take(Computation<V> computation) throws IOException {
    await();
    try {
      return computation.compute();
    } finally {
      free.release();
    }
  }

  private void await() throws IOException {
    try {
      if (free.getQueueLength() >= queue
          || !free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new CatalogueBusyException(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the hub is about to end");
    }
  }
}
