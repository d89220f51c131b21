package tf.grid.hub.image.engine;

import com.github.dockerjava.api.exception.NotFoundException;
import java.lang.System.Logger.Level;

/** Removes things from an engine, whatever has happened before. Stateless. */
final class EngineCleanup {

  private static final System.Logger LOG = System.getLogger(EngineCleanup.class.getName());

  private EngineCleanup() {}

  /**
   * Removes something; a failure is logged. An interrupted thread would not reach the engine, so it
   * is one again only afterwards.
   */
  static void of(String what, Runnable removal) {
    boolean interrupted = Thread.interrupted();
    try {
      removal.run();
    } catch (NotFoundException e) {
      // It is gone, which is all that is wanted.
      return;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the engine keeps the {0}: {1}", what, e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
