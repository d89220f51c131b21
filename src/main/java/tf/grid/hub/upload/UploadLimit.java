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
 * Limits concurrent uploads. Archives, images, flists and merges share the permits because all of
 * them need memory and scratch space. One account cannot hold all permits. Thread-safe.
 */
@SingletonBean
public class UploadLimit {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Semaphore free;
  private final int all;
  private final int each;
  private final Map<RepositoryName, Integer> taken = new HashMap<>();

  /** A limit with the numbers of permits in the settings. */
  @Inject
  public UploadLimit(PublishSettings settings) {
    this.free = new Semaphore(settings.maxConcurrent());
    this.all = settings.maxConcurrent();
    this.each = settings.maxPerAccount();
  }

  /**
   * Runs work of an account with a permit, and releases the permit afterwards.
   *
   * @param <T> the result
   * @param <E> an exception of the work, besides {@link IOException}
   * @throws TryAgainLaterException if no permit is free, or if the account has reached its limit;
   *     the work was not started
   */
  public <T, E extends Exception> T within(RepositoryName owner, Work<T, E> work)
      throws E, IOException {
    return ofOwner(owner, () -> shared(work));
  }

  /**
   * Runs work that counts towards the limit of an account, but does not hold a permit itself.
   *
   * @throws TryAgainLaterException if the account has reached its limit; the work was not started
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
   * Runs work with a permit that counts towards no account, because several accounts wait for the
   * result.
   *
   * @throws TryAgainLaterException if no permit is free; the work was not started
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
   * Work that needs a permit.
   *
   * @param <T> the result
   * @param <E> an exception of the work
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Runs the work. */
    T run() throws E, IOException;
  }
}
