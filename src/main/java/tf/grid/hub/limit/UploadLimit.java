package tf.grid.hub.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tf.grid.hub.limit.ConcurrencyLimit.Work;

/**
 * Limits concurrent uploads. Archives, images, flists and merges share the permits because all of
 * them need memory and scratch space. One account cannot hold all permits. Thread-safe.
 *
 * @param <K> identifies an account; a key of maps
 */
public final class UploadLimit<K> {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final ConcurrencyLimit all;
  private final boolean shared;
  private final int each;
  private final InFlight inFlight;
  private final Map<K, Integer> taken = new HashMap<>();

  /**
   * A limit with all permits free.
   *
   * @param all uploads at the same time
   * @param each uploads of one account at the same time; if not less than all, only the sum counts
   */
  public UploadLimit(int all, int each) {
    this(all, each, InFlight.UNTRACKED);
  }

  /**
   * The same.
   *
   * @param inFlight is told when work begins and ends
   */
  public UploadLimit(int all, int each, InFlight inFlight) {
    this.inFlight = inFlight;
    this.all =
        new ConcurrencyLimit(
            all, tooMany(all + " uploads are running, the most that this hub runs at once"));
    this.shared = each < all;
    this.each = each;
  }

  /**
   * Runs work of an account with a permit, and releases the permit afterwards.
   *
   * @throws TryAgainLaterException if no permit is free, or if the account has reached its limit;
   *     the work was not started
   */
  public <T, E extends Exception> T within(K owner, Work<T, E> work) throws E, IOException {
    return ofOwner(owner, () -> shared(work));
  }

  /**
   * Runs work that counts towards the limit of an account, but does not hold a permit itself.
   *
   * @throws TryAgainLaterException if the account has reached its limit; the work was not started
   */
  public <T, E extends Exception> T ofOwner(K owner, Work<T, E> work) throws E, IOException {
    take(owner);
    try {
      return leased(work);
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
    return all.run(() -> leased(work));
  }

  private <T, E extends Exception> T leased(Work<T, E> work) throws E, IOException {
    InFlight.Lease lease = inFlight.open();
    try {
      return work.run();
    } finally {
      lease.close();
    }
  }

  private void take(K owner) {
    synchronized (taken) {
      if (shared && taken.getOrDefault(owner, 0) >= each) {
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

  private void give(K owner) {
    synchronized (taken) {
      taken.computeIfPresent(owner, (name, count) -> count == 1 ? null : count - 1);
    }
  }
}
