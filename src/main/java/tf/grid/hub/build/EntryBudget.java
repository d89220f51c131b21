package tf.grid.hub.build;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.compression.DecompressorMemory;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.TryAgainLaterException;

/**
 * Limits the memory of all uploads together: that of trees (nodes, names and blocks), and that of
 * decompressors. Accounts share both fairly. Thread-safe.
 */
public final class EntryBudget {
  /** Shares grow in steps, so that uploads rarely contend for the counter. */
  private static final long STEP = 64 * 1024;

  /** What the highest level of the xz tool needs. */
  private static final long LEAST_FOR_DECOMPRESSORS = 66L << 20;

  private final FairMemory memory;
  private final String tooMany;
  private final FairMemory decompressors;

  /**
   * A budget of this size.
   *
   * @param bytes estimated bytes of the heap for trees; decompressors get as much, or what one
   *     needs at most
   */
  public EntryBudget(long bytes) {
    this(new FairMemory(bytes), new FairMemory(Math.max(bytes, LEAST_FOR_DECOMPRESSORS)));
  }

  /** A budget of these memories, for trees and for decompressors. */
  public EntryBudget(FairMemory memory, FairMemory decompressors) {
    this(
        memory,
        decompressors,
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
    this(new FairMemory(bytes), new FairMemory(Math.max(bytes, LEAST_FOR_DECOMPRESSORS)), tooMany);
  }

  private EntryBudget(FairMemory memory, FairMemory decompressors, String tooMany) {
    this.memory = memory;
    this.decompressors = decompressors;
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
    private final Object owner;
    private final FairMemory.Share share;
    private final List<FairMemory.Share> decompressing = new ArrayList<>();
    private long unused;

    private Share(Object owner) {
      this.owner = owner;
      this.share = memory.share(owner);
    }

    /** The memory for decompressors of the upload. */
    public DecompressorMemory decompressors() {
      return bytes -> {
        FairMemory.Share one = decompressors.share(owner);
        decompressing.add(one);
        if (!one.take(bytes)) {
          throw new CompressionException(
              "the archive is packed with a dictionary that is too large for the hub's memory");
        }
        return one::close;
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
     * Fails if the memory was taken away for another account.
     *
     * @throws TryAgainLaterException if it was
     */
    public void check() {
      if (share.isRevoked()) {
        throw share.busy();
      }
      for (FairMemory.Share one : decompressing) {
        if (one.isRevoked()) {
          throw one.busy();
        }
      }
    }

    /** Releases the whole share; idempotent. */
    @Override
    public void close() {
      share.close();
      unused = 0;
    }
  }
}
