package tf.grid.hub.limit;

import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.problem.Problem;

/** A limit is reached. Nothing was changed, and the same request may succeed after a pause. */
public final class TryAgainLaterException extends RuntimeException implements Problem {
  private static final long serialVersionUID = 1;

  private static final int TOO_MANY_REQUESTS = 429;

  private final int status;
  private final Duration pause;

  /**
   * Rejects a request with this status.
   *
   * @param status of the HTTP response
   * @param pause before a retry
   * @param message for the client
   */
  public TryAgainLaterException(int status, Duration pause, String message) {
    super(message, null, false, false);
    this.status = status;
    this.pause = pause;
  }

  /** Rejects a request with the status 429. */
  public static TryAgainLaterException tooMany(Duration pause, String message) {
    return new TryAgainLaterException(TOO_MANY_REQUESTS, pause, message);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(pause);
  }
}
