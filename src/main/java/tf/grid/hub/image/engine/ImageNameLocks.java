package tf.grid.hub.image.engine;

import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets one at a time use the image of a name: an engine has one image under it, whatever platform
 * or user it was pulled for. Threads may share it.
 */
final class ImageNameLocks {
  private final Set<String> busy = new HashSet<>();

  /**
   * Waits until nobody else uses the image.
   *
   * @throws InterruptedIOException if the thread was interrupted; its flag stays set
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

  /** The next one may use it. */
  synchronized void leave(String name) {
    busy.remove(name);
    notifyAll();
  }
}
