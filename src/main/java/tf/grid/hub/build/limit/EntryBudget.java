package tf.grid.hub.build.limit;

import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.compression.DecompressorMemory;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Limits the memory of all uploads together, that of trees (nodes, names and blocks) and of
 * decompressors. Accounts share it fairly. Thread-safe.
 */
public final class EntryBudget {
  /** Shares grow in steps, so that uploads rarely contend for the counter. */
  private static final long STEP = 64 * 1024;

  private final FairMemory memory;
  private final String tooMany;

  /**
   * A budget of this size.
   *
   * @param bytes of the heap for trees and decompressors together
   */
  public EntryBudget(long bytes) {
    this(new FairMemory(bytes));
  }

  /** A budget of memory that other work uses too. */
  public EntryBudget(FairMemory memory) {
    this(
        memory,
        "the archive has more entries than the hub's memory for uploads holds (%d MiB for all"
                .formatted(memory.all() >> 20)
            + " uploads together); send fewer files");
  }

  /**
   * A budget of this size with another message.
   *
   * @param tooMany for an archive that alone exceeds the budget
   */
  public EntryBudget(long bytes, String tooMany) {
    this(new FairMemory(bytes), tooMany);
  }

  private EntryBudget(FairMemory memory, String tooMany) {
    this.memory = memory;
    this.tooMany = tooMany;
  }

  /** Bytes that are currently free, for metrics. */
  public long free() {
    return memory.free();
  }

  /**
   * Creates the share of one upload, initially empty.
   *
   * @param owner identifies the account
   */
  public Share share(Object owner) {
    return new Share(owner);
  }

  /** The memory reserved by one upload. For one thread at a time. */
  public final class Share implements AutoCloseable {
    private final FairMemory.Share share;
    private long unused;
    private long directory;

    private Share(Object owner) {
      this.share = memory.share(owner);
    }

    /** The memory for decompressors of the upload. */
    public DecompressorMemory decompressors() {
      return bytes -> {
        if (!share.take(bytes)) {
          throw new CompressionException(
              "the archive is packed with a dictionary that is too large for the hub's memory");
        }
        return new Dictionary(bytes);
      };
    }

    /**
     * Reserves more bytes.
     *
     * @throws ArchiveException if the upload alone would exceed the budget
     * @throws TryAgainLaterException if all uploads together would
     */
    public void take(long more) throws ArchiveException {
      if (unused < more) {
        long step = Math.max(more, STEP);
        if (!share.take(step)) {
          throw new ArchiveException(tooMany);
        }
        unused += step;
      }
      unused -= more;
    }

    /**
     * Reserves what one directory needs while it is written. Directories are written one after the
     * other, so only the largest one counts.
     *
     * @return false if the upload alone would exceed the budget
     * @throws TryAgainLaterException if all uploads together would
     */
    public boolean directory(long bytes) {
      boolean taken = bytes <= directory || share.take(bytes - directory);
      if (taken) {
        directory = Math.max(directory, bytes);
      }
      return taken;
    }

    /**
     * Fails if the memory was taken away for another account.
     *
     * @throws TryAgainLaterException if it was
     */
    public void check() {
      if (share.isRevoked()) {
        throw share.busy();
      }
    }

    /** Releases the whole share; idempotent. */
    @Override
    public void close() {
      share.close();
      unused = 0;
      directory = 0;
    }

    /** The memory of one decompressor. */
    private final class Dictionary implements DecompressorMemory.Lease {
      private long bytes;

      Dictionary(long bytes) {
        this.bytes = bytes;
      }

      @Override
      public void close() {
        share.give(bytes);
        bytes = 0;
      }
    }
  }
}
