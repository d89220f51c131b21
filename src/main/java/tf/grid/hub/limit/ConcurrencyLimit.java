package tf.grid.hub.limit;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Bounds how often work runs at once; more is rejected without waiting. Thread-safe. */
public final class ConcurrencyLimit {
  private final Semaphore permits;
  private final TryAgainLaterException rejection;

  /**
   * A limit with all permits free.
   *
   * @param permits how often work may run at once, at least one
   * @param rejection thrown when no permit is free
   */
  public ConcurrencyLimit(int permits, TryAgainLaterException rejection) {
    this.permits = new Semaphore(permits);
    this.rejection = rejection;
  }

  /**
   * Runs work with a permit, and releases the permit afterwards.
   *
   * @throws TryAgainLaterException if no permit is free; the work was not started
   */
  public <T, E extends Exception> T run(Work<T, E> work) throws E, IOException {
    if (!permits.tryAcquire()) {
      throw rejection;
    }
    try {
      return work.run();
    } finally {
      permits.release();
    }
  }

  /**
   * Work that needs a permit.
   *
   * @param <T> the result
   * @param <E> an exception of the work, besides {@link IOException}
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Runs while the permit is held. */
    T run() throws E, IOException;
  }
}
