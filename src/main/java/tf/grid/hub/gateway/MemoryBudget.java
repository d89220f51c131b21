package tf.grid.hub.gateway;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bytes that all connections may use together. Requests that do not fit are queued in order, so
 * that small requests cannot starve a large one. Thread-safe.
 */
final class MemoryBudget {
  private final long capacity;
  private final Queue<Wish> line = new ArrayDeque<>();
  private long used;

  MemoryBudget(long capacity) {
    this.capacity = capacity;
  }

  /**
   * Reserves bytes, immediately or later.
   *
   * @param granted called when queued bytes are reserved, on the thread that released bytes; never
   *     if the result is true
   * @return whether the bytes were reserved immediately
   */
  synchronized boolean take(long bytes, Runnable granted) {
    if (line.isEmpty() && fits(bytes)) {
      used += bytes;
      return true;
    }
    line.add(new Wish(bytes, granted));
    return false;
  }

  /**
   * Counts the bytes that are in use instead of those reserved for them, even if there are more.
   */
  void replace(long reserved, long inUse) {
    give(reserved - inUse);
  }

  /** Releases bytes. */
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

  /** A request larger than the whole budget is granted when nothing else is reserved. */
  private boolean fits(long bytes) {
    return used == 0 || used + bytes <= capacity;
  }

  private record Wish(long bytes, Runnable granted) {}
}
