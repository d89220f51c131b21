package tf.grid.hub.catalogue.postgresql.connection;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.problem.Problem;

/** The database could not do what was asked; nothing was changed. The message is for users. */
public final class DatabaseException extends RuntimeException implements Problem {

  private static final long serialVersionUID = 1L;
  private static final int UNAVAILABLE = 503;
  private static final int INTERNAL = 500;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /**
   * Classes of SQLSTATE after which the same may succeed: broken connection, read-only standby,
   * rollback because of other transactions, lack of resources, lock that is held, intervention of
   * an operator.
   */
  private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57");

  private final boolean passing;

  public DatabaseException(SQLException cause) {
    super(message(cause), cause);
    this.passing = isPassing(cause);
  }

  private static String message(SQLException cause) {
    return isPassing(cause)
        ? "the database of the catalogue is not available: try again later"
        : "the database of the catalogue refused the request";
  }

  private static boolean isPassing(SQLException cause) {
    String state = cause.getSQLState();
    return state == null || (state.length() == 5 && PASSING.contains(state.substring(0, 2)));
  }

  /** Whether the same may succeed later. */
  boolean isPassing() {
    return passing;
  }

  @Override
  public int status() {
    return passing ? UNAVAILABLE : INTERNAL;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return passing ? Optional.of(PAUSE) : Optional.empty();
  }

  @Override
  public void logTo(System.Logger log) {
    log.log(passing ? Level.WARNING : Level.ERROR, "database: {0}", getCause().toString());
  }
}
