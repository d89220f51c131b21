package tf.grid.hub.limit.queue;

import java.io.IOException;
import java.time.Duration;
import tf.grid.hub.limit.ConcurrencyLimit.Work;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.limit.queue.Ticket.Kind;

/**
 * Limits concurrent uploads. Archives, images, flists and merges share the places because all of
 * them need memory and scratch space. One account cannot hold all places. Work waits for a place
 * for a while; meanwhile, uploads that come slowly lose theirs. Thread-safe.
 *
 * @param <K> identifies an account; a key of maps
 */
public final class UploadLimit<K> {

  /** While others wait, work whose peer is slower loses its place. */
  public static final long FAIR_BYTES_PER_SECOND = 64 << 10;

  private final PlaceQueue<K> queue;
  private final InFlight inFlight;

  /**
   * A limit with all places free.
   *
   * @param all uploads at the same time
   * @param each uploads of one account at the same time; if not less than all, only the sum counts
   * @param rules how long to wait
   * @param inFlight is told when work begins and ends
   * @param ticker measures how long is waited
   */
  public UploadLimit(int all, int each, QueueLimits rules, InFlight inFlight, Ticker ticker) {
    this.queue =
        new PlaceQueue<>(
            all,
            each < all ? each : Integer.MAX_VALUE,
            rules,
            ticker,
            ofAccount -> busy(ofAccount, ofAccount ? each : all, rules.pause()));
    this.inFlight = inFlight;
  }

  private static TryAgainLaterException busy(boolean ofAccount, int most, Duration pause) {
    String reason =
        ofAccount
            ? " uploads of this account are running, the most that this hub runs at once for one"
            : " uploads are running, the most that this hub runs at once";
    return TryAgainLaterException.tooMany(pause, most + reason + ": try again later");
  }

  /** How many wait for a place, or for the first bytes of their content. */
  public int waiting() {
    return queue.waiting();
  }

  /** How often slow work has lost its place since the start. */
  public long yielded() {
    return queue.yielded();
  }

  /**
   * Runs work of an account that needs nothing from outside, with a place.
   *
   * @throws TryAgainLaterException if no place became free; the work was not started
   */
  public <T, E extends Exception> T within(K owner, Work<T, E> work) throws E, IOException {
    Ticket<K> ticket = new Ticket<>(owner, Kind.BOTH, Flow.none());
    queue.enter(ticket);
    return run(ticket, work);
  }

  /**
   * Waits for the first bytes of content, then runs work of an account with a place.
   *
   * @param content what the work reads; it fails when it has come too slowly while others waited
   * @throws TryAgainLaterException if no place became free; the work was not started
   */
  public <T, E extends Exception> T within(K owner, Arrival content, Work<T, E> work)
      throws E, IOException {
    Ticket<K> ticket = new Ticket<>(owner, Kind.BOTH, content.flow());
    queue.enter(ticket, content);
    return run(ticket, work);
  }

  /**
   * Runs work that counts towards the limit of an account, but does not hold a place itself.
   *
   * @throws TryAgainLaterException if the account stays at its limit; the work was not started
   */
  public <T, E extends Exception> T ofOwner(K owner, Work<T, E> work) throws E, IOException {
    Ticket<K> ticket = new Ticket<>(owner, Kind.ACCOUNT, Flow.none());
    queue.enter(ticket);
    return run(ticket, work);
  }

  /**
   * Runs work with a place that counts towards no account, because several accounts wait for the
   * result.
   *
   * @param first the account that was the first
   * @param content how fast the content of the work comes; the work must end when it is revoked
   * @throws TryAgainLaterException if no place became free; the work was not started
   */
  public <T, E extends Exception> T shared(K first, Flow content, Work<T, E> work)
      throws E, IOException {
    Ticket<K> ticket = new Ticket<>(first, Kind.SUM, content);
    queue.enter(ticket);
    return run(ticket, work);
  }

  private <T, E extends Exception> T run(Ticket<K> ticket, Work<T, E> work) throws E, IOException {
    InFlight.Lease lease = inFlight.open();
    try {
      return work.run();
    } finally {
      lease.close();
      queue.leave(ticket);
    }
  }
}
