package tf.grid.hub.catalogue.shared;

import java.lang.System.Logger.Level;
import tf.grid.hub.problem.Problem;

/** A hub must not go on with its work, because another one may have begun it. */
public final class TurnLostException extends RuntimeException implements Problem {
  private static final long serialVersionUID = 1L;
  private static final int UNAVAILABLE = 503;

  public TurnLostException(String why, Throwable cause) {
    super("stopped, because another hub may have begun the same: " + why, cause);
  }

  @Override
  public int status() {
    return UNAVAILABLE;
  }

  @Override
  public void logTo(System.Logger log) {
    log.log(Level.WARNING, "{0}", getMessage());
  }
}
