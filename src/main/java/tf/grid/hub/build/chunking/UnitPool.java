package tf.grid.hub.build.chunking;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * The memory for content in flight, shared by all uploads: a fixed number of units, allocated on
 * first use and then reused, because large arrays are expensive to allocate and to collect. Waiting
 * threads are served in order, and no thread waits for a unit while it holds one, so waiting ends
 * as long as workers run and clients send. Thread-safe.
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
