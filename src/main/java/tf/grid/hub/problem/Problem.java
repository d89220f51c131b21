package tf.grid.hub.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * An exception that says how it is answered: the status of the response, the message for the
 * client, and whether a retry may succeed. Everything that answers requests or ends jobs reads it
 * from here.
 */
public interface Problem {

  /** The HTTP status of the response. */
  int status();

  /** The message of the exception, as of {@link Throwable#getMessage}. */
  String getMessage();

  /** What the client is told: plain text without internal addresses, paths or secrets. */
  default String publicMessage() {
    return getMessage();
  }

  /**
   * The pause before a retry may succeed; empty if a retry does not help or the pause is unknown.
   */
  default Optional<Duration> retryAfter() {
    return Optional.empty();
  }

  /** The value of the header {@code WWW-Authenticate}, if the response has one. */
  default Optional<String> challenge() {
    return Optional.empty();
  }

  /** Writes what the operator has to know, which is nothing for most problems. */
  default void logTo(System.Logger log) {}
}
