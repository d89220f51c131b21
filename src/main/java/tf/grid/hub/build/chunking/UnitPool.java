package tf.grid.hub.build.chunking;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * The memory of all uploads for content in flight: a fixed number of units, made when first needed
 * and then kept, because arrays of their size are costly to make and to collect. Whoever waits
 * longest is served first, and nobody waits for a unit while holding one, so waiting always ends as
 * long as workers work and clients send. Thread-safe.
 */
final class UnitPool {
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<WorkUnit> idle = new ConcurrentLinkedDeque<>();

  UnitPool(int units) {
    this.permits = new Semaphore(units, true);
  }

  WorkUnit take() throws InterruptedException {
    permits.acquire();
    WorkUnit unit = idle.pollFirst();
    if (unit != null) {
      return unit;
    }
    boolean made = false;
    try {
      WorkUnit fresh = new WorkUnit();
      made = true;
      return fresh;
    } finally {
      if (!made) {
        permits.release();
      }
    }
  }

  void giveBack(WorkUnit unit) {
    unit.clear();
    idle.addFirst(unit);
    permits.release();
  }

  /** Units that nobody has now, made or not. */
  int free() {
    return permits.availablePermits();
  }
}
