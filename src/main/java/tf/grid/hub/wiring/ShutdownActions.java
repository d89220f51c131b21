package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was opened at the start, the last first: what uses a thing is always opened after it.
 * The container's own order at the end is arbitrary. Thread-safe.
 */
@ApplicationScoped
public class ShutdownActions {

  private static final System.Logger LOG = System.getLogger(ShutdownActions.class.getName());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Remembers to close something. */
  public synchronized <T extends AutoCloseable> T later(T thing) {
    opened.push(thing);
    return thing;
  }

  /** Closes everything; one failure does not keep the others open. */
  synchronized void now() {
    while (!opened.isEmpty()) {
      AutoCloseable thing = opened.pop();
      try {
        thing.close();
      } catch (Exception e) {
        LOG.log(
            Level.WARNING,
            "closing {0} failed: {1}",
            thing.getClass().getSimpleName(),
            e.toString());
      }
    }
  }
}
