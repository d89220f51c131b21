package tf.grid.hub.wiring;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes services in the reverse order of their creation, because a service is created after those
 * that it uses. The order of the CDI container is arbitrary. Thread-safe.
 */
@ApplicationScoped
public class ShutdownActions {

  private static final System.Logger LOG = System.getLogger(ShutdownActions.class.getName());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Registers a service to be closed. */
  public synchronized <T extends AutoCloseable> T later(T thing) {
    opened.push(thing);
    return thing;
  }

  /**
   * Closes all services, even if some fail to close. Also called by the container if the
   * application ends without an event, since another part of it did not start.
   */
  @PreDestroy
  public synchronized void now() {
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
