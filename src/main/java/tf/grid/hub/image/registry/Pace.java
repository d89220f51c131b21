package tf.grid.hub.image.registry;

import java.time.Duration;
import tf.grid.hub.image.PullException.SourceUnreachableException;

/**
 * Gives up a sender that is slower than anybody would wait for: conversions have few places, and a
 * byte now and then would keep one for ever. Only the time spent waiting for bytes counts. For one
 * thread.
 */
final class Pace {

  /** Bytes that a second must bring on average. */
  static final long SLOWEST = 16 << 10;

  /** Until then any pace will do. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String what;
  private long waitedNanos;
  private long bytes;

  /**
   * Nothing has come yet.
   *
   * @param what is coming, for messages
   */
  Pace(String what) {
    this.what = what;
  }

  /**
   * Counts some bytes.
   *
   * @param nanos how long they were waited for
   * @throws SourceUnreachableException when all of them together came too slowly
   */
  void came(int count, long nanos) throws SourceUnreachableException {
    bytes += count;
    waitedNanos += nanos;
    refuseSlow();
  }

  /**
   * Asks again.
   *
   * @throws SourceUnreachableException when all that came, came too slowly
   */
  void refuseSlow() throws SourceUnreachableException {
    boolean patient = waitedNanos <= PATIENCE.toNanos();
    if (!patient && bytes < Duration.ofNanos(waitedNanos).toSeconds() * SLOWEST) {
      throw new SourceUnreachableException(
          what + " comes with less than " + SLOWEST / 1024 + " KiB a second");
    }
  }
}
