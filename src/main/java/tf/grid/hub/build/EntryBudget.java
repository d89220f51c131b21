package tf.grid.hub.build;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory for the trees of all uploads together: nodes, names and blocks. Thread-safe.
 */
public final class EntryBudget {
  /** Shares grow in steps, so that uploads rarely contend for the counter. */
  private static final long STEP = 64 * 1024;

  private final long bytes;
  private final AtomicLong left;

  /**
   * A budget of this size.
   *
   * @param bytes estimated bytes of the heap
   */
  public EntryBudget(long bytes) {
    this.bytes = bytes;
    this.left = new AtomicLong(bytes);
  }

  /** Bytes that are currently free, for metrics. */
  public long free() {
    return left.get();
  }

  /** Creates the share of one upload, initially empty. */
  public Share share() {
    return new Share();
  }

  /** The memory reserved by one upload. For one thread at a time. */
  public final class Share implements AutoCloseable {
    private long taken;
    private long unused;

    private Share() {}

    /**
     * Reserves more bytes.
     *
     * @throws ArchiveException if all uploads together would exceed the budget
     */
    public void take(long more) throws ArchiveException {
      if (unused < more) {
        long step = Math.max(more, STEP);
        if (left.addAndGet(-step) < 0) {
          left.addAndGet(step);
          throw new ArchiveException(
              "the archive has more entries than the hub's memory for uploads holds now ("
                  + (bytes >> 20)
                  + " MiB for all uploads together); try again later or send fewer files");
        }
        taken += step;
        unused += step;
      }
      unused -= more;
    }

    /** Releases the whole share; idempotent. */
    @Override
    public void close() {
      left.addAndGet(taken);
      taken = 0;
      unused = 0;
    }
  }
}
