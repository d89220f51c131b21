package tf.grid.hub.limit;

import java.time.Duration;

/**
 * Finds peers that send or read more slowly than they must: one that transfers a byte now and then
 * would hold a thread or a permit without end. Only the time spent waiting for the peer counts. Not
 * thread-safe.
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
   * @param nanos how long they were waited for
   */
  public void add(long count, long nanos) {
    bytes += count;
    waitedNanos += nanos;
  }

  /** The time waited so far. */
  public Duration waited() {
    return Duration.ofNanos(waitedNanos);
  }

  /** Whether all transfers together were slower than the minimum, the grace period being over. */
  public boolean isMissed() {
    return waited().compareTo(GRACE) > 0 && bytes < waited().toSeconds() * bytesPerSecond;
  }
}
