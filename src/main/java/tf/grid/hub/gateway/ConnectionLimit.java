package tf.grid.hub.gateway;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Limits the number of connections, in total and per address. When there is no room, the connection
 * that moved the fewest bytes lately makes room: one of the same address if that has its share,
 * else one of the address that has the most. Thread-safe.
 */
final class ConnectionLimit {

  /**
   * A connection that moved less lately is idle or sent half a request; it makes room for any
   * other.
   */
  static final int RESTING_BYTES = 4096;

  /** A new connection keeps its room for so long. */
  static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final int most;
  private final int mostPerAddress;
  private final LongSupplier nanos;
  private final Map<InetAddress, Set<Guest>> guests = new HashMap<>();
  private int all;

  /**
   * Nobody is connected yet.
   *
   * @param nanos a monotonic clock
   */
  ConnectionLimit(int most, int mostPerAddress, LongSupplier nanos) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
    this.nanos = nanos;
  }

  /** A connection; compared by identity. */
  static final class Guest {
    private static final double HALF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final InetAddress address;
    private final Runnable close;
    private final LongSupplier nanos;
    private final long since;
    private double moved;
    private long movedAt;

    private Guest(InetAddress address, Runnable close, LongSupplier nanos) {
      this.address = address;
      this.close = close;
      this.nanos = nanos;
      this.since = nanos.getAsLong();
      this.movedAt = since;
    }

    /** Bytes were received or sent. */
    synchronized void moved(long bytes) {
      moved = lately() + bytes;
      movedAt = nanos.getAsLong();
    }

    /** The bytes that moved, of which each counts half as much after half a minute. */
    synchronized double lately() {
      return moved * Math.pow(0.5, (nanos.getAsLong() - movedAt) / HALF_LIFE_NANOS);
    }

    private boolean isYoung() {
      return nanos.getAsLong() - since < YOUNG_NANOS;
    }
  }

  /**
   * Counts another connection, until {@link #leave}.
   *
   * @param close closes it, without waiting, to make room
   * @return empty if there is no room
   */
  Optional<Guest> enter(InetAddress address, Runnable close) {
    Optional<Guest> leaving;
    Guest guest = new Guest(address, close, nanos);
    synchronized (this) {
      boolean full = all >= most || count(address) >= mostPerAddress;
      leaving = full ? leastMoved(address) : Optional.empty();
      if (full && leaving.isEmpty()) {
        return Optional.empty();
      }
      leaving.ifPresent(this::leave);
      guests.computeIfAbsent(address, any -> new HashSet<>()).add(guest);
      all++;
    }
    leaving.ifPresent(other -> other.close.run());
    return Optional.of(guest);
  }

  synchronized void leave(Guest guest) {
    Set<Guest> others = guests.get(guest.address);
    if (others != null && others.remove(guest)) {
      all--;
      if (others.isEmpty()) {
        guests.remove(guest.address);
      }
    }
  }

  synchronized int inside() {
    return all;
  }

  private int count(InetAddress address) {
    return guests.getOrDefault(address, Set.of()).size();
  }

  private Optional<Guest> leastMoved(InetAddress newcomer) {
    Set<Guest> own = guests.getOrDefault(newcomer, Set.of());
    if (own.size() >= mostPerAddress) {
      return least(own.stream()).filter(guest -> guest.lately() < RESTING_BYTES);
    }
    Set<Guest> crowd =
        guests.values().stream().max(Comparator.comparingInt(Set::size)).orElse(Set.of());
    Optional<Guest> least = least(crowd.stream());
    return crowd.size() > own.size() + 1
        ? least
        : least.filter(guest -> guest.lately() < RESTING_BYTES);
  }

  private static Optional<Guest> least(Stream<Guest> some) {
    return some.filter(guest -> !guest.isYoung()).min(Comparator.comparingDouble(Guest::lately));
  }
}
