package tf.grid.hub.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.chunk.ChunkId;

/**
 * Lists and counts chunks without reading their content. Separate from {@link ChunkStore}, because
 * not every backend supports it. Methods block and throw {@link StoreException}. Thread-safe.
 */
public interface ChunkInventory {

  Totals totals();

  /** Returns size and age of a chunk, or empty if it is not stored. */
  Optional<Entry> entry(ChunkId id);

  /**
   * Returns a page of chunks, ordered by id. A chunk that exists during the whole iteration is
   * listed exactly once, even if others are added or removed.
   *
   * @param after the last id of the previous page; empty for the first page
   * @param limit maximum number of chunks, at least 1
   * @return an empty list at the end only
   */
  List<Entry> page(Optional<ChunkId> after, int limit);

  /**
   * Metadata of a chunk.
   *
   * @param size stored bytes
   * @param time when it was first stored
   */
  record Entry(ChunkId id, long size, Instant time) {}

  /**
   * Totals of all chunks.
   *
   * @param chunks number of chunks
   * @param bytes stored bytes, without the overhead of the store
   */
  record Totals(long chunks, long bytes) {}
}
