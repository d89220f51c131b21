package tf.grid.hub.limit.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import tf.grid.hub.limit.Ticker;

/**
 * Limits how often something is done for each key: so many times at once, and afterwards as often
 * as they come free, evenly over the period (generic cell rate algorithm). A number is kept for
 * each key. Thread-safe.
 *
 * @param <K> a key of maps
 */
public final class RequestRate<K> {
  /** Of more keys, those that were not used for the longest time are forgotten. */
  private static final int MAX_KEYS = 100_000;

  private final long count;
  private final long period;
  private final long interval;
  private final Ticker ticker;
  private final long origin;

  /** By key, when all is free again, in nanoseconds since the origin. */
  private final Cache<K, Long> full = Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

  /**
   * A rate that is not used yet.
   *
   * @param count times in the period, at least 1
   * @param period at least as many nanoseconds
   */
  public RequestRate(long count, Duration period, Ticker ticker) {
    this.count = count;
    this.period = period.toNanos();
    this.interval = this.period / count;
    this.ticker = ticker;
    this.origin = ticker.nanos();
  }

  /**
   * The result of an attempt.
   *
   * @param taken whether it is within the limit
   * @param left how often it would be at once
   * @param pause until the next is, if this one was not; else until all is free again
   */
  public record Attempt(boolean taken, long left, Duration pause) {}

  /** Counts an attempt, unless it exceeds the limit. */
  public Attempt take(K key) {
    long now = ticker.nanos() - origin;
    Attempt[] result = new Attempt[1];
    full.asMap()
        .compute(
            key,
            (same, known) -> {
              long before = known == null ? now : Math.max(now, known);
              long after = before + interval;
              boolean taken = after - now <= period;
              result[0] =
                  new Attempt(
                      taken,
                      taken ? (period - (after - now)) / interval : 0,
                      Duration.ofNanos(taken ? after - now : after - now - period));
              return taken ? after : before;
            });
    return result[0];
  }

  /** Times in a period. */
  public long count() {
    return count;
  }

  /** The period. */
  public Duration period() {
    return Duration.ofNanos(period);
  }
}
