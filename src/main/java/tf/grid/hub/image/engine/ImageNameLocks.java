package tf.grid.hub.image.engine;

import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Locks by image name: an engine has one image per name, whatever the platform or user.
 * Thread-safe.
 */
final class ImageNameLocks {
  private final Set<String> busy = new HashSet<>();

  /**
   * Waits for the lock.
   *
   * @throws InterruptedIOException if the thread was interrupted; its interrupt flag remains set
   */
  synchronized void enter(String name) throws InterruptedIOException {
    try {
      while (!busy.add(name)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another pull of the image was running");
    }
  }

  synchronized void leave(String name) {
    busy.remove(name);
    notifyAll();
  }
}
