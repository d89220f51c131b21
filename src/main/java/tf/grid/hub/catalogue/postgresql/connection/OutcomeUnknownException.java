package tf.grid.hub.catalogue.postgresql.connection;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import tf.grid.hub.problem.Problem;

/**
 * The connection broke while a change was committed, and the database could not be asked in time
 * whether it was made. The message is for users.
 */
public final class OutcomeUnknownException extends IOException implements Problem {

  private static final long serialVersionUID = 1L;
  private static final int GATEWAY_TIMEOUT = 504;

  OutcomeUnknownException(SQLException cause) {
    super(
        "the database did not confirm the change: it may have been made, look before you repeat it",
        cause);
  }

  @Override
  public int status() {
    return GATEWAY_TIMEOUT;
  }

  @Override
  public void logTo(System.Logger log) {
    log.log(Level.WARNING, "database: the outcome of a commit is unknown: {0}", getCause());
  }
}
