package tf.grid.hub.gateway;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long an address waits for the answer to a wrong token: twice as long each time. It remembers
 * the addresses that failed last. Thread-safe.
 */
final class FailedLogins {
  static final Duration FIRST = Duration.ofMillis(50);
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** After such a pause, an address begins anew. */
  static final Duration FORGOTTEN = Duration.ofMinutes(10);

  static final int MOST_ADDRESSES = 4096;

  private final LongSupplier nanos;

  /** The first is the one that has not failed for the longest time. */
  private final Map<InetAddress, Failure> failures = new LinkedHashMap<>(16, 0.75f, true);

  private record Failure(long at, Duration delay) {}

  /**
   * Nobody has failed yet.
   *
   * @param nanos a monotonic clock
   */
  FailedLogins(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Counts a wrong token, and returns how long the client waits for the answer. */
  synchronized Duration failed(InetAddress address) {
    long now = nanos.getAsLong();
    Failure last = failures.get(address);
    Duration delay =
        last == null || now - last.at() > FORGOTTEN.toNanos() ? FIRST : twice(last.delay());
    failures.put(address, new Failure(now, delay));
    if (failures.size() > MOST_ADDRESSES) {
      failures.remove(failures.keySet().iterator().next());
    }
    return delay;
  }

  private static Duration twice(Duration delay) {
    Duration next = delay.multipliedBy(2);
    return next.compareTo(LONGEST) > 0 ? LONGEST : next;
  }
}
