package tf.grid.hub.webhook;

import java.time.Duration;

/**
 * How long to try, and how long to pause after failures.
 *
 * @param first pause after the first failure; doubled after each further one
 * @param longest pause
 * @param limit time after an event at which it is given up
 */
record BackOff(Duration first, Duration longest, Duration limit) {
  /** Pauses from 5 seconds to 15 minutes, for a day. */
  static final BackOff USUAL =
      new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofDays(1));

  private static final int MOST_DOUBLINGS = 20;

  /** The pause after this number of consecutive failures, at least one. */
  Duration after(int failures) {
    Duration pause = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
