package tf.grid.hub.catalogue.postgresql.connection;

import java.io.IOException;

/** A hub that starts cannot use its database. The message is one line for the operator. */
public final class UnusableDatabaseException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names the database and the innermost cause. */
  public UnusableDatabaseException(DatabaseSettings settings, Exception cause) {
    super(
        "%s (hub.database.%s) cannot be used: %s"
            .formatted(settings, settings.jndi().isPresent() ? "jndi" : "url", reason(cause)),
        cause);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
