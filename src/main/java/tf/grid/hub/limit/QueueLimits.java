package tf.grid.hub.limit;

import java.time.Duration;

/**
 * How long work waits for a place.
 *
 * @param most how many wait at the same time; each holds a thread. The next one is rejected at once
 * @param patience how long one waits at most
 * @param look how often those who wait look for slow ones
 */
public record WaitRules(int most, Duration patience, Duration look) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** At most so many wait, up to 30 seconds each. */
  public static WaitRules of(int most) {
    return new WaitRules(most, PATIENCE, LOOK);
  }

  /** What a rejected client is told to wait. */
  Duration pause() {
    return PAUSE;
  }
}
