package tf.grid.hub.build.chunking;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.chunk.codec.ChunkCodec;

/**
 * The memory for content in flight, shared by all uploads: a fixed number of buffers for a full
 * piece each, allocated on first use and then reused, because large arrays are expensive to
 * allocate and to collect. Each unit has one buffer of its own, and gets more of those that all
 * share: if slow clients hold all of these, the others go on with smaller units. Waiting threads
 * are served in order, and no thread waits for a unit while it holds one, so waiting ends as long
 * as workers run and clients send. Thread-safe.
 */
final class BufferPool {
  /** Workers that are busy give buffers back within this time. */
  private static final long MOMENT_MILLIS = 100;

  private final Semaphore units;
  private final Semaphore more;
  private final ConcurrentLinkedDeque<byte[]> idle = new ConcurrentLinkedDeque<>();

  BufferPool(PipelineSize size) {
    this.units = new Semaphore(size.units(), true);
    this.more = new Semaphore(size.more(), true);
  }

  /** Waits for a unit, which has one buffer. */
  WorkUnit take(ChunkUpload owner) throws InterruptedException {
    units.acquire();
    return new WorkUnit(owner, buffer(units));
  }

  /**
   * Adds a buffer to a unit.
   *
   * @return false if none becomes free in a moment
   */
  boolean extend(WorkUnit unit) throws InterruptedException {
    boolean free = more.tryAcquire(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    if (free) {
      unit.extend(buffer(more));
    }
    return free;
  }

  private byte[] buffer(Semaphore permits) {
    byte[] buffer = idle.pollFirst();
    if (buffer != null) {
      return buffer;
    }
    boolean made = false;
    try {
      byte[] fresh = new byte[ChunkCodec.MAX_PLAIN];
      made = true;
      return fresh;
    } finally {
      if (!made) {
        permits.release();
      }
    }
  }

  void giveBack(WorkUnit unit) {
    unit.buffers().forEach(idle::addFirst);
    more.release(unit.buffers().size() - 1);
    units.release();
  }

  /** Units that nobody has now. */
  int free() {
    return units.availablePermits();
  }
}
