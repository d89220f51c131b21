package tf.grid.hub.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.limit.ConcurrencyLimit.Work;

/**
 * Memory that several accounts share. A single account may use all of it. When it is used up, an
 * account that has less than its fair part still gets more: after a wait, the account that has the
 * most loses its largest share. The fair part is the same for all accounts that use any. Work that
 * lost its share must end. Brief work waits too, but never loses its share. Thread-safe.
 */
public final class FairMemory {
  private static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final long LOOK_MILLIS = 100;
  private static final int UNAVAILABLE = 503;

  private final long bytes;
  private final Duration maxWait;
  private final Ticker ticker;
  private final Set<Share> shares = new LinkedHashSet<>();
  private long left;

  /**
   * Nothing is used yet.
   *
   * @param bytes for all accounts together
   */
  public FairMemory(long bytes) {
    this(bytes, MAX_WAIT, Ticker.SYSTEM);
  }

  /**
   * The same with another time to wait.
   *
   * @param maxWait how long a request waits before another one loses its share, and then for the
   *     end of that one
   */
  public FairMemory(long bytes, Duration maxWait, Ticker ticker) {
    this.bytes = bytes;
    this.maxWait = maxWait;
    this.ticker = ticker;
    this.left = bytes;
  }

  /** Bytes that are not used. */
  public synchronized long free() {
    return left;
  }

  /** Bytes for all accounts together. */
  public long all() {
    return bytes;
  }

  /** The memory of some work, nothing at first. */
  public Share share(Object owner) {
    return new Share(owner, false);
  }

  /**
   * Waits for memory, then runs brief work, which ends by itself and counts for no account.
   *
   * @throws TryAgainLaterException if others use the memory; the work was not started
   */
  public <T, E extends Exception> T brief(long more, Work<T, E> work) throws E, IOException {
    try (Share share = new Share("", true)) {
      if (!share.take(more)) {
        throw share.busy();
      }
      return work.run();
    }
  }

  private synchronized boolean take(Share share, long more) {
    long start = ticker.nanos();
    while (left < more) {
      if (share.revoked) {
        throw share.busy();
      }
      Map<Object, Long> held = held();
      long own = held.getOrDefault(share.owner, 0L);
      if (own == share.taken && own + more > bytes) {
        return false;
      }
      Set<Object> owners = new HashSet<>(held.keySet());
      owners.add(share.owner);
      long waited = ticker.nanos() - start;
      boolean fair = share.brief || own + more <= bytes / owners.size();
      if (!fair || waited >= 2 * maxWait.toNanos()) {
        throw share.busy();
      }
      if (waited >= maxWait.toNanos()) {
        revokeLargest(held);
      }
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw share.busy();
      }
    }
    left -= more;
    share.taken += more;
    share.thread = Thread.currentThread();
    shares.add(share);
    return true;
  }

  private Map<Object, Long> held() {
    return shares.stream()
        .filter(share -> !share.brief)
        .collect(Collectors.groupingBy(share -> share.owner, Collectors.summingLong(Share::taken)));
  }

  private void revokeLargest(Map<Object, Long> held) {
    if (shares.stream().anyMatch(share -> share.revoked)) {
      return; // which ends soon
    }
    Optional<Object> most =
        held.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    most.flatMap(
            owner -> largest(shares.stream().filter(share -> share.owner.equals(owner)).toList()))
        .ifPresent(Share::revoke);
  }

  private static Optional<Share> largest(Collection<Share> some) {
    return some.stream().max((one, other) -> Long.compare(one.taken, other.taken));
  }

  private synchronized void give(Share share, long less) {
    long given = Math.min(less, share.taken);
    left += given;
    share.taken -= given;
    notifyAll();
  }

  private synchronized void end(Share share) {
    give(share, share.taken);
    shares.remove(share);
    if (share.revoked && share.thread == Thread.currentThread()) {
      boolean unused = Thread.interrupted(); // it has ended the work
    }
  }

  /** The memory of some work. Used by one thread at a time; any other may take it away. */
  public final class Share implements AutoCloseable {
    private final Object owner;
    private final boolean brief;
    private long taken;
    private Thread thread;
    private boolean revoked;

    private Share(Object owner, boolean brief) {
      this.owner = owner;
      this.brief = brief;
    }

    /**
     * Takes more, and waits for it if the account has less than its fair part.
     *
     * @return false if there is not as much, even for this work alone
     * @throws TryAgainLaterException if others use it; the work must end
     */
    public boolean take(long more) {
      return FairMemory.this.take(this, more);
    }

    /** Whether the work has lost its memory to another account; its thread was interrupted. */
    public boolean isRevoked() {
      synchronized (FairMemory.this) {
        return revoked;
      }
    }

    /** What the sender of the work is told. */
    public TryAgainLaterException busy() {
      return new TryAgainLaterException(
          UNAVAILABLE,
          PAUSE,
          "the hub's memory for uploads ("
              + (bytes >> 20)
              + " MiB for all together) is used by this upload and others: try again later, or"
              + " send fewer files or a smaller dictionary of xz");
    }

    private long taken() {
      return taken;
    }

    private void revoke() {
      revoked = true;
      thread.interrupt();
    }

    /** Gives a part back; nothing if the share is closed. */
    public void give(long less) {
      FairMemory.this.give(this, less);
    }

    /** Gives all back; idempotent. */
    @Override
    public void close() {
      end(this);
    }
  }
}
