package tf.grid.hub.gateway;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bytes that all connections may hold together. Who cannot have its share now waits in line, so
 * that a large wish is not starved by small ones. Safe for any number of threads.
 */
final class MemoryBudget {
  private final long capacity;
  private final Queue<Wish> line = new ArrayDeque<>();
  private long used;

  MemoryBudget(long capacity) {
    this.capacity = capacity;
  }

  /**
   * Takes bytes now, or has them taken later.
   *
   * @param granted called, from the thread that gave bytes back, once they are taken; never when
   *     the answer is true
   * @return whether they were taken now
   */
  synchronized boolean take(long bytes, Runnable granted) {
    if (line.isEmpty() && fits(bytes)) {
      used += bytes;
      return true;
    }
    line.add(new Wish(bytes, granted));
    return false;
  }

  /** Takes bytes that exist already, whether there is room or not. */
  synchronized void force(long bytes) {
    used += bytes;
  }

  /** Gives bytes back. */
  void give(long bytes) {
    Queue<Wish> served = new ArrayDeque<>();
    synchronized (this) {
      used -= bytes;
      while (!line.isEmpty() && fits(line.element().bytes)) {
        Wish next = line.remove();
        used += next.bytes;
        served.add(next);
      }
    }
    served.forEach(wish -> wish.granted.run());
  }

  synchronized long used() {
    return used;
  }

  /** One that is larger than the whole budget goes alone. */
  private boolean fits(long bytes) {
    return used == 0 || used + bytes <= capacity;
  }

  private record Wish(long bytes, Runnable granted) {}
}
