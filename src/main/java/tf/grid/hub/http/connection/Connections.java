package tf.grid.hub.http.connection;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import tf.grid.hub.limit.Ticker;

/**
 * The open connections of the HTTP listener. A slow client keeps its connection while there is
 * room; when there is none, those that moved least in the last minute are closed. The head of a
 * request must arrive within {@link #HEAD}. Thread-safe; it has no thread of its own and looks
 * around whenever something happens, at most once a second.
 */
public final class Connections {
  /** Time for the head of a request, from its first byte, or from the start of the connection. */
  static final Duration HEAD = Duration.ofSeconds(30);

  /** A new connection is not shed before it had a chance to send its request. */
  static final Duration YOUNG = Duration.ofSeconds(5);

  private static final Duration PERIOD = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Part of the connections that are closed at once when there are too many. */
  private static final int SHED = 64;

  private final int most;
  private final Ticker ticker;
  private final Map<Object, Peer> peers = new ConcurrentHashMap<>();
  private final AtomicLong lookedAt;
  private final AtomicLong shed = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private long periodSince;

  /** What a connection is doing. */
  private enum Phase {
    /** The head of a request is awaited. */
    HEAD,
    /** The response is being sent. */
    RESPONSE,
    /** The body arrives, or the hub works. */
    REQUEST
  }

  /**
   * No connections yet.
   *
   * @param most connections at the same time
   */
  public Connections(int most, Ticker ticker) {
    this.most = most;
    this.ticker = ticker;
    this.lookedAt = new AtomicLong(ticker.nanos());
    this.periodSince = ticker.nanos();
  }

  /** The number of open connections. */
  public int open() {
    return peers.size();
  }

  /** How many connections were closed to make room. */
  public long shed() {
    return shed.get();
  }

  /** How many connections were closed because the head of a request did not arrive. */
  public long late() {
    return late.get();
  }

  /**
   * A connection was accepted.
   *
   * @param key identifies it
   * @param close closes it, without waiting
   */
  void accepted(Object key, Runnable close) {
    peers.put(key, new Peer(ticker.nanos(), close));
    if (peers.size() > most) {
      makeRoom();
    }
    look();
  }

  /** Whether a connection was accepted and not closed. */
  boolean knows(Object key) {
    return peers.containsKey(key);
  }

  /** Bytes were received. */
  void received(Object key, long bytes) {
    Peer peer = peers.get(key);
    if (peer != null) {
      peer.moved += bytes;
      if (peer.phase == Phase.RESPONSE) {
        peer.phase = Phase.HEAD;
        peer.since = ticker.nanos();
      }
    }
    look();
  }

  /** Bytes were sent. */
  void sent(Object key, long bytes) {
    Peer peer = peers.get(key);
    if (peer != null) {
      peer.moved += bytes;
    }
    look();
  }

  /** The head of a request is complete. */
  public void began(Object key) {
    Peer peer = peers.get(key);
    if (peer != null) {
      peer.phase = Phase.REQUEST;
    }
  }

  /** The hub begins its response. */
  public void answered(Object key) {
    Peer peer = peers.get(key);
    if (peer != null) {
      peer.phase = Phase.RESPONSE;
    }
  }

  /** A connection ended. */
  void closed(Object key) {
    peers.remove(key);
  }

  private void look() {
    long now = ticker.nanos();
    long last = lookedAt.get();
    if (now - last >= LOOK.toNanos() && lookedAt.compareAndSet(last, now)) {
      late.addAndGet(close(peers.values(), peer -> peer.isLate(now)));
      if (now - periodSince >= PERIOD.toNanos()) {
        periodSince = now;
        peers.values().forEach(Peer::endPeriod);
      }
    }
  }

  private synchronized void makeRoom() {
    if (peers.size() <= most) {
      return;
    }
    long now = ticker.nanos();
    List<Idle> idle =
        peers.values().stream()
            .filter(peer -> now - peer.opened > YOUNG.toNanos())
            .map(peer -> new Idle(peer, peer.phase == Phase.REQUEST, peer.moved()))
            .sorted(Comparator.comparing(Idle::working).thenComparing(Idle::moved))
            .limit(peers.size() - most + most / SHED)
            .toList();
    if (idle.isEmpty()) {
      peers.values().stream()
          .max(Comparator.comparingLong(peer -> peer.opened))
          .ifPresent(newest -> shed.addAndGet(close(List.of(newest), peer -> true)));
    }
    shed.addAndGet(close(idle.stream().map(Idle::peer).toList(), peer -> true));
  }

  private long close(Collection<Peer> some, Predicate<Peer> which) {
    List<Peer> ended = some.stream().filter(which).toList();
    peers.values().removeAll(ended);
    ended.forEach(peer -> peer.close.run());
    return ended.size();
  }

  /** A candidate for closing, as it was when the candidates were compared. */
  private record Idle(Peer peer, boolean working, long moved) {}

  /** A connection; the counts of bytes may miss some, as several threads add to them. */
  private static final class Peer {
    private final long opened;
    private final Runnable close;
    private volatile Phase phase = Phase.HEAD;
    private volatile long since;
    private long moved;
    private long movedBefore;

    Peer(long opened, Runnable close) {
      this.opened = opened;
      this.close = close;
      this.since = opened;
    }

    long moved() {
      return moved + movedBefore;
    }

    boolean isLate(long now) {
      return phase == Phase.HEAD && now - since > HEAD.toNanos();
    }

    void endPeriod() {
      movedBefore = moved;
      moved = 0;
    }
  }
}
