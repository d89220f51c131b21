package tf.grid.hub.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory.Entry;

/**
 * Lists and deletes the chunks of a store. Only the collection of unused chunks deletes any.
 * Methods block and throw {@link StoreException}. Thread-safe.
 */
public interface ChunkSweep {

  /**
   * Returns a page of chunks, ordered by id. A chunk that exists during the whole iteration is
   * listed exactly once.
   *
   * @param after the last id of the previous page; empty for the first page, which begins another
   *     iteration
   * @param limit maximum number of chunks, at least 1
   * @return an empty list at the end only
   */
  List<Entry> page(Optional<ChunkId> after, int limit);

  /** Ends an iteration, which cannot be continued, and deletes its temporary files. */
  default void endPages() {}

  /** Whether the store knows when chunks were stored; if not, all times are the epoch. */
  boolean knowsTimes();

  /** Those of the ids that the store does not have. */
  Set<ChunkId> missing(Collection<ChunkId> ids);

  /**
   * Deletes those of the chunks that exist: they are missing when this returns. Their space may be
   * reused only after {@link #reclaim}.
   */
  void delete(Collection<ChunkId> ids);

  /**
   * Gives the space of deleted chunks back. May take hours. Can be stopped at any time by an
   * exception of the {@link Rewriting}, or by a kill, and continues with the next call.
   *
   * @return bytes given back
   */
  long reclaim(Rewriting rewriting);

  /** How space is given back, and what happens meanwhile. */
  interface Rewriting {
    /** Files with a larger share of deleted bytes, 0 to 1, are written anew without these. */
    double deadShare();

    /** Bytes are about to be copied. Waits to limit the rate, or throws to stop. */
    void copying(long bytes);

    /** Bytes were given back. */
    default void reclaimed(long bytes) {}
  }
}
