package tf.grid.hub.http.body;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Bounds the threads that wait for bodies of requests. A client that sends nothing more would hold
 * one for as long as the server lets it: when too many wait, the wait that began first is ended.
 * Thread-safe.
 */
public final class BodyWaits {

  /** Of the 64 threads that {@code hub.jar} has for requests. */
  public static final int MOST = 48;

  private final int most;
  private final Set<Wait> waits = new LinkedHashSet<>();

  /**
   * Nobody waits yet.
   *
   * @param most threads that may wait at the same time
   */
  public BodyWaits(int most) {
    this.most = most;
  }

  /** The wait of a thread; compared by identity. */
  public static final class Wait {
    private final Thread thread = Thread.currentThread();
    private boolean ended;
  }

  /** The calling thread begins to wait, until {@link #end}. */
  public synchronized Wait begin() {
    Wait wait = new Wait();
    waits.add(wait);
    if (waits.size() > most) {
      Wait longest = waits.iterator().next();
      waits.remove(longest);
      longest.ended = true;
      longest.thread.interrupt();
    }
    return wait;
  }

  /**
   * The calling thread does not wait any more.
   *
   * @return whether its wait was ended for another one
   */
  public synchronized boolean end(Wait wait) {
    waits.remove(wait);
    if (wait.ended) {
      boolean unused = Thread.interrupted(); // nothing else may see it
    }
    return wait.ended;
  }
}
