package tf.grid.hub.image.engine;

import com.github.dockerjava.api.exception.NotFoundException;
import java.lang.System.Logger.Level;

/** Removes objects from an engine, ignoring those that do not exist. */
final class EngineCleanup {

  private static final System.Logger LOG = System.getLogger(EngineCleanup.class.getName());

  private EngineCleanup() {}

  /**
   * Removes an object and logs failures. The interrupt flag of the thread is cleared for the call
   * and restored afterwards.
   */
  static void of(String what, Runnable removal) {
    boolean interrupted = Thread.interrupted();
    try {
      removal.run();
    } catch (NotFoundException e) {
      // Already removed.
      return;
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "could not remove the {0} from the container engine: {1}",
          what,
          e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
