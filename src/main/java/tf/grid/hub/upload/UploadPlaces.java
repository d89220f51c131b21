package tf.grid.hub.upload;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Bounds how much is put together at once: archives, flists and merges share the places, since all
 * of them take memory and scratch space. Safe for any number of threads.
 */
@ApplicationScoped
public class UploadPlaces {
  private final Semaphore free;
  private final int all;

  /** For the container's proxy. */
  protected UploadPlaces() {
    this.free = null;
    this.all = 0;
  }

  /** As many places as the settings say. */
  @Inject
  public UploadPlaces(UploadSettings settings) {
    this.free = new Semaphore(settings.maxConcurrent());
    this.all = settings.maxConcurrent();
  }

  /**
   * Does work in a place, which is free again when this returns.
   *
   * @param <T> what comes of it
   * @param <E> what may go wrong, besides input and output
   * @throws TooManyUploads when all are taken; nothing is done then
   */
  public <T, E extends Exception> T within(Work<T, E> work) throws E, IOException {
    if (!free.tryAcquire()) {
      throw new TooManyUploads(all);
    }
    try {
      return work.run();
    } finally {
      free.release();
    }
  }

  /**
   * What is done in a place.
   *
   * @param <T> what comes of it
   * @param <E> what may go wrong
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it. */
    T run() throws E, IOException;
  }
}
