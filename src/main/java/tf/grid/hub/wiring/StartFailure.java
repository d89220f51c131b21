package tf.grid.hub.wiring;

import java.util.Objects;

/** Finds the one line that tells an operator why the hub does not start. */
final class StartFailure {

  private StartFailure() {}

  /** The message of the first cause that is ours, else of the innermost one. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !isOurs(cause)) {
      cause = cause.getCause();
    }
    String message =
        isOurs(cause)
            ? cause.getMessage()
            : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    return Objects.requireNonNull(message).replaceAll("\\s*\\R\\s*", " ");
  }

  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getName().startsWith("tf.grid.hub.") && failure.getMessage() != null;
  }
}
