package tf.grid.hub.wiring.start;

import java.util.Objects;

/** Extracts a one-line reason for a failed start. */
final class StartFailure {

  private StartFailure() {}

  /** The message of the first cause from the hub's own code, else of the innermost cause. */
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
