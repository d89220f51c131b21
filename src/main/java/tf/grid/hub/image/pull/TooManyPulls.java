package tf.grid.hub.image.pull;

import java.time.Duration;
import java.util.Optional;

/** The registry grants no more pulls for now. */
public final class TooManyPulls extends PullFailure {
  private static final long serialVersionUID = 1;

  private final Duration pause;

  /**
   * Says who refused.
   *
   * @param pause how long to wait, as far as the registry said so
   */
  public TooManyPulls(String message, Optional<Duration> pause) {
    super(message);
    this.pause = pause.orElse(null);
  }

  /** How long to wait before another try, as far as the registry said so. */
  public Optional<Duration> pause() {
    return Optional.ofNullable(pause);
  }
}
