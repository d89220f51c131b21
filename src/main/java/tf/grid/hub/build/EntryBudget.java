package tf.grid.hub.build;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the heap the trees of all uploads together may take: nodes, names and blocks.
 * Thread-safe.
 */
public final class EntryBudget {
  /** Shares grow in steps, so that uploads seldom meet at the counter. */
  private static final long STEP = 64 * 1024;

  private final long bytes;
  private final AtomicLong left;

  /**
   * A budget of so many bytes.
   *
   * @param bytes of the heap, estimated
   */
  public EntryBudget(long bytes) {
    this.bytes = bytes;
    this.left = new AtomicLong(bytes);
  }

  /** Bytes that no upload has now: for meters. */
  public long free() {
    return left.get();
  }

  /** The share of one upload, nothing at first. */
  public Share share() {
    return new Share();
  }

  /** What one upload has taken; for one thread at a time. */
  public final class Share implements AutoCloseable {
    private long taken;
    private long unused;

    private Share() {}

    /**
     * Takes more.
     *
     * @throws ArchiveException when all uploads together would go over the budget
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

    /** Gives all of it back; doing so again changes nothing. */
    @Override
    public void close() {
      left.addAndGet(taken);
      taken = 0;
      unused = 0;
    }
  }
}
