package tf.grid.hub.mirror.copy;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was copied since the start. Thread-safe. */
public final class CopyCounters {
  private final LongAdder flists = new LongAdder();
  private final LongAdder chunks = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void flist() {
    flists.increment();
  }

  void chunk(long length) {
    chunks.increment();
    bytes.add(length);
  }

  /** Flists that were published. */
  public long flists() {
    return flists.sum();
  }

  /** Chunks that were fetched and stored. */
  public long chunks() {
    return chunks.sum();
  }

  /** Bytes of these chunks. */
  public long bytes() {
    return bytes.sum();
  }
}
