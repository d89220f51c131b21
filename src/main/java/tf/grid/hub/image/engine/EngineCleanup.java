package tf.grid.hub.image.engine;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Removes objects from an engine, ignoring those that do not exist. */
final class EngineCleanup {

  private static final System.Logger LOG = System.getLogger(EngineCleanup.class.getName());

  /** How Docker answers a second removal, with the status 409. */
  private static final String IN_PROGRESS = "already in progress";

  private static final int ATTEMPTS = 50;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private EngineCleanup() {}

  /**
   * Removes an object and logs failures. If a removal is in progress already, for example because
   * the connection broke and the request was repeated, waits until the object is gone. The
   * interrupt flag of the thread is cleared for the call and restored afterwards.
   */
  static void of(String what, Runnable removal) {
    boolean interrupted = Thread.interrupted();
    try {
      remove(removal);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "could not remove the {0} from the container engine: {1}",
          what,
          e.getMessage());
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void remove(Runnable removal) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        removal.run();
        return;
      } catch (NotFoundException e) {
        return;
      } catch (ConflictException e) {
        if (attempt == ATTEMPTS || !e.getMessage().contains(IN_PROGRESS)) {
          throw e;
        }
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }
}
