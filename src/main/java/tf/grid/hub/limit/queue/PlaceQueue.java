package tf.grid.hub.limit.queue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Places for work, and the queue of requests that wait for one. The next place goes to the account
 * that holds the fewest, and among equals to the request that came first. While requests wait, the
 * work whose content arrives most slowly loses its place, but never to an account that holds as
 * many. Thread-safe.
 *
 * @param <K> identifies an account
 */
final class PlaceQueue<K> {

  /** When the queue is full, a request that has sent nothing for this time makes room. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final int all;
  private final int each;
  private final QueueLimits limits;
  private final Ticker ticker;
  private final Refusal refusal;

  /** Requests whose first bytes have not arrived; each holds a thread, as waiting ones do. */
  private final Set<Ticket<K>> arriving = new LinkedHashSet<>();

  private final List<Ticket<K>> waiting = new ArrayList<>();
  private final Set<Ticket<K>> running = new LinkedHashSet<>();
  private long yielded;

  PlaceQueue(int all, int each, QueueLimits limits, Ticker ticker, Refusal refusal) {
    this.all = all;
    this.each = each;
    this.limits = limits;
    this.ticker = ticker;
    this.refusal = refusal;
  }

  /** What a request is told that gets no place. */
  @FunctionalInterface
  interface Refusal {
    /**
     * The exception.
     *
     * @param ofAccount whether the account has its share; else all places are taken
     */
    TryAgainLaterException because(boolean ofAccount);
  }

  synchronized int waiting() {
    return waiting.size() + arriving.size();
  }

  synchronized long yielded() {
    return yielded;
  }

  /**
   * Waits for the content, then for a place.
   *
   * @throws TryAgainLaterException if the queue is full, or no place became free in time
   */
  void enter(Ticket<K> ticket, Arrival arrival) throws IOException {
    join(ticket);
    boolean begun = false;
    try {
      arrival.begin();
      begun = true;
    } finally {
      if (!begun) {
        forget(ticket);
      }
    }
    queue(ticket);
  }

  /** Waits for a place. */
  synchronized void enter(Ticket<K> ticket) throws IOException {
    makeRoom(ticket);
    queue(ticket);
  }

  private synchronized void queue(Ticket<K> ticket) throws IOException {
    arriving.remove(ticket);
    waiting.add(ticket);
    ticket.since = ticker.nanos();
    boolean entered = false;
    try {
      await(ticket);
      entered = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for a place was cancelled");
    } finally {
      if (!entered) {
        waiting.remove(ticket);
        leave(ticket);
      }
    }
  }

  /** Gives the place back, unless it was taken away. */
  synchronized void leave(Ticket<K> ticket) {
    running.remove(ticket);
    assign();
  }

  private synchronized void join(Ticket<K> ticket) {
    makeRoom(ticket);
    ticket.since = ticker.nanos();
    arriving.add(ticket);
  }

  private synchronized void forget(Ticket<K> ticket) {
    arriving.remove(ticket);
  }

  private void await(Ticket<K> ticket) throws InterruptedException {
    assign();
    while (!ticket.granted) {
      if (ticket.refused || ticker.nanos() - ticket.since >= limits.maxWait().toNanos()) {
        throw busy(ticket);
      }
      takeFromSlow(ticket);
      if (!ticket.granted) {
        wait(limits.checkInterval().toMillis());
      }
    }
  }

  private void assign() {
    Optional<Ticket<K>> next = next();
    while (next.isPresent()) {
      Ticket<K> ticket = next.get();
      waiting.remove(ticket);
      running.add(ticket);
      ticket.granted = true;
      ticket.flow.restart();
      notifyAll();
      next = next();
    }
  }

  private Optional<Ticket<K>> next() {
    return waiting.stream()
        .filter(ticket -> !ticket.refused && !lacksPlace(ticket) && !lacksShare(ticket))
        .min(Comparator.comparingLong(ticket -> held(ticket.owner)));
  }

  private boolean lacksPlace(Ticket<K> ticket) {
    return ticket.kind.countsForSum() && taken() >= all;
  }

  private long taken() {
    return running.stream().filter(other -> other.kind.countsForSum()).count();
  }

  private boolean lacksShare(Ticket<K> ticket) {
    return ticket.kind.countsForAccount() && held(ticket.owner) >= each;
  }

  private long held(K owner) {
    return running.stream()
        .filter(other -> other.kind.countsForAccount() && other.owner.equals(owner))
        .count();
  }

  private void takeFromSlow(Ticket<K> ticket) {
    long own = held(ticket.owner);
    Predicate<Ticket<K>> mayLose =
        lacksShare(ticket)
            ? other -> other.owner.equals(ticket.owner)
            : other -> other.owner.equals(ticket.owner) || held(other.owner) > own;
    slowest(running.stream().filter(mayLose))
        .ifPresent(
            slow -> {
              slow.flow.revoke();
              running.remove(slow);
              yielded++;
              assign();
            });
  }

  private Optional<Ticket<K>> slowest(Stream<Ticket<K>> some) {
    Ticket<K> slowest = null;
    long least = UploadLimit.FAIR_BYTES_PER_SECOND;
    for (Ticket<K> ticket : some.toList()) {
      OptionalLong rate = ticket.flow.knownRate();
      if (rate.isPresent() && rate.getAsLong() < least) {
        slowest = ticket;
        least = rate.getAsLong();
      }
    }
    return Optional.ofNullable(slowest);
  }

  /**
   * Makes room in a full queue: a silent request is rejected, or else one of the account that has
   * the most in the queue.
   */
  private void makeRoom(Ticket<K> ticket) {
    if (waiting() < limits.most() || isFree(ticket)) {
      return;
    }
    Optional<Ticket<K>> silent =
        arriving.stream()
            .filter(other -> ticker.nanos() - other.since > SILENCE.toNanos())
            .findFirst();
    Ticket<K> last = silent.or(() -> lastOfMost(ticket.owner)).orElseThrow(() -> busy(ticket));
    last.refused = true;
    if (arriving.remove(last)) {
      last.flow.revoke();
    }
    waiting.remove(last);
    notifyAll();
  }

  /** Whether there is a place for it and for all whose first bytes have not arrived. */
  private boolean isFree(Ticket<K> ticket) {
    return waiting.isEmpty()
        && !lacksShare(ticket)
        && (!ticket.kind.countsForSum() || taken() + arriving.size() < all);
  }

  /** The last request of the account with the most in the queue, if that is another account. */
  private Optional<Ticket<K>> lastOfMost(K newcomer) {
    return Stream.concat(arriving.stream(), waiting.stream())
        .filter(ticket -> inQueue(ticket.owner) > inQueue(newcomer) + 1)
        .reduce((one, other) -> inQueue(other.owner) >= inQueue(one.owner) ? other : one);
  }

  private long inQueue(K owner) {
    return Stream.concat(arriving.stream(), waiting.stream())
        .filter(ticket -> ticket.owner.equals(owner))
        .count();
  }

  private TryAgainLaterException busy(Ticket<K> ticket) {
    return refusal.because(lacksShare(ticket));
  }
}
