package tf.grid.hub.catalogue.shared;

import java.lang.System.Logger.Level;
import java.time.Instant;
import tf.grid.hub.catalogue.shared.HubGroup.Work;
import tf.grid.hub.problem.Problem;

/** Work is not begun, because another hub does it or has just begun it. For administrators. */
public final class ElsewhereException extends RuntimeException implements Problem {
  private static final long serialVersionUID = 1L;
  private static final int CONFLICT = 409;

  /**
   * Names the other hub.
   *
   * @param seen its last sign of life
   */
  public ElsewhereException(Work work, String hub, Instant begun, Instant seen) {
    super(
        "%s is at the hub %s, which has begun at %s; its last sign of life was at %s"
            .formatted(work, hub, begun, seen));
  }

  @Override
  public int status() {
    return CONFLICT;
  }

  @Override
  public void logTo(System.Logger log) {
    log.log(Level.INFO, "{0}", getMessage());
  }
}
