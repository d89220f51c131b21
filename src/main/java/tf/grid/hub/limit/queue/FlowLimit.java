package tf.grid.hub.limit.queue;

import java.io.IOException;
import tf.grid.hub.limit.ConcurrencyLimit.Work;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.limit.queue.Ticket.Kind;

/**
 * Bounds work that waits for a peer, such as receiving a chunk or sending an archive. Work waits
 * for a place for a while; meanwhile the work with the slowest peer loses its place, if that is
 * slower than {@link UploadLimit#FAIR_BYTES_PER_SECOND}. While nobody waits, a slow peer harms
 * nobody and keeps its place. Thread-safe.
 *
 * @param <K> identifies an account; a key of maps
 */
public final class FlowLimit<K> {
  private final PlaceQueue<K> queue;

  /**
   * A limit with all places free.
   *
   * @param all work at the same time
   * @param rules how long to wait
   * @param ticker measures how long is waited
   * @param rejection thrown when no place becomes free
   */
  public FlowLimit(int all, QueueLimits rules, Ticker ticker, TryAgainLaterException rejection) {
    this.queue = new PlaceQueue<>(all, Integer.MAX_VALUE, rules, ticker, ofAccount -> rejection);
  }

  /**
   * Waits for the first bytes of content, then runs work with a place.
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
   * Runs work with a place.
   *
   * @param flow how fast the peer is; the work must end when it is revoked
   * @throws TryAgainLaterException if no place became free; the work was not started
   */
  public <T, E extends Exception> T within(K owner, Flow flow, Work<T, E> work)
      throws E, IOException {
    Ticket<K> ticket = new Ticket<>(owner, Kind.BOTH, flow);
    queue.enter(ticket);
    return run(ticket, work);
  }

  private <T, E extends Exception> T run(Ticket<K> ticket, Work<T, E> work) throws E, IOException {
    try {
      return work.run();
    } finally {
      queue.leave(ticket);
    }
  }
}
