package tf.grid.hub.limit.queue;

import java.time.Duration;

/**
 * How many requests wait for a place, and how long.
 *
 * @param most number of waiting requests, each of which holds a thread; more are rejected
 * @param maxWait time after which a waiting request is rejected
 * @param checkInterval time between two searches for slow work that must yield its place
 */
public record QueueLimits(int most, Duration maxWait, Duration checkInterval) {
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Up to this number of requests wait, each for up to 30 seconds. */
  public static QueueLimits of(int most) {
    return new QueueLimits(most, MAX_WAIT, CHECK_INTERVAL);
  }

  /** The pause before a rejected client should try again. */
  Duration pause() {
    return PAUSE;
  }
}
