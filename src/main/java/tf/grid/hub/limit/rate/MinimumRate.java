package tf.grid.hub.limit.rate;

import java.time.Duration;

/**
 * Finds peers that send or read more slowly than they must: a peer that transfers a byte now and
 * then would hold a thread or a permit indefinitely. Only the time spent waiting for the peer
 * counts. Not thread-safe.
 */
public final class MinimumRate {

  /** Waiting time before the minimum rate applies. */
  public static final Duration GRACE = Duration.ofMinutes(1);

  private final long bytesPerSecond;
  private long waitedNanos;
  private long bytes;

  /**
   * Starts with nothing transferred.
   *
   * @param bytesPerSecond the average that must be reached
   */
  public MinimumRate(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Counts a transfer.
   *
   * @param count bytes, 0 or more
   * @param nanos nanoseconds spent waiting for them
   */
  public void add(long count, long nanos) {
    bytes += count;
    waitedNanos += nanos;
  }

  /** Time spent waiting for the peer since the start. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  /** Whether the grace period is over and the average rate is below the minimum. */
  public boolean isMissed() {
    return waited().compareTo(GRACE) > 0 && bytes < waited().toSeconds() * bytesPerSecond;
  }
}
