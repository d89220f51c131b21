package tf.grid.hub.upload;

import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.publish.PublishSettings;

/**
 * Bounds how many uploads run at once: archives, images, flists and merges share the permits, since
 * all of them take memory and scratch space, and no account can hold all permits. Thread-safe.
 */
@SingletonBean
public class UploadLimit {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Semaphore free;
  private final int all;
  private final int each;
  private final Map<RepositoryName, Integer> taken = new HashMap<>();

  /** As many places as the settings say. */
  @Inject
  public UploadLimit(PublishSettings settings) {
    this.free = new Semaphore(settings.maxConcurrent());
    this.all = settings.maxConcurrent();
    this.each = settings.maxPerAccount();
  }

  /**
   * Does work of an account in a place, which is free again when this returns.
   *
   * @param <T> what comes of it
   * @param <E> what may go wrong, besides input and output
   * @throws TryAgainLaterException when all are taken, or the account has its share; nothing is
   *     done then
   */
  public <T, E extends Exception> T within(RepositoryName owner, Work<T, E> work)
      throws E, IOException {
    return ofOwner(owner, () -> shared(work));
  }

  /**
   * Does work that takes of an account's share, but no place yet.
   *
   * @throws TryAgainLaterException when the account has its share; nothing is done then
   */
  public <T, E extends Exception> T ofOwner(RepositoryName owner, Work<T, E> work)
      throws E, IOException {
    take(owner);
    try {
      return work.run();
    } finally {
      give(owner);
    }
  }

  /**
   * Does work in a place that counts for no account, because several accounts wait for it.
   *
   * @throws TryAgainLaterException when all are taken; nothing is done then
   */
  public <T, E extends Exception> T shared(Work<T, E> work) throws E, IOException {
    if (!free.tryAcquire()) {
      throw tooMany(all + " uploads are running, the most that this hub runs at once");
    }
    try {
      return work.run();
    } finally {
      free.release();
    }
  }

  private void take(RepositoryName owner) {
    synchronized (taken) {
      if (each < all && taken.getOrDefault(owner, 0) >= each) {
        throw tooMany(
            each
                + " uploads of this account are running, the most that this hub runs at once for"
                + " one");
      }
      taken.merge(owner, 1, Integer::sum);
    }
  }

  private static TryAgainLaterException tooMany(String reason) {
    return TryAgainLaterException.tooMany(PAUSE, reason + ": try again later");
  }

  private void give(RepositoryName owner) {
    synchronized (taken) {
      taken.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
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
