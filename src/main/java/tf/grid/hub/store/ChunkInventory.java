package tf.grid.hub.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.chunk.ChunkId;

/**
 * What a store can say about its chunks without handing them out. Not every backend can, so it
 * stands beside {@link ChunkStore}. Methods block, throw {@link StoreException} and may be called
 * by any number of threads.
 */
public interface ChunkInventory {

  /** How much the store holds. */
  Totals totals();

  /** The size and age of one chunk, or empty when the store does not have it. */
  Optional<Entry> entry(ChunkId id);

  /**
   * The next chunks in the order of their ids, which stays the same while others come and go: a
   * chunk that was there during the whole walk is listed exactly once.
   *
   * @param after the last id of the page before, or empty for the first page
   * @param limit how many at most, at least 1
   * @return an empty list at the end, and only there
   */
  List<Entry> page(Optional<ChunkId> after, int limit);

  /**
   * What is kept of one chunk besides its bytes.
   *
   * @param size stored bytes
   * @param time when it was first stored
   */
  record Entry(ChunkId id, long size, Instant time) {}

  /**
   * What all chunks come to.
   *
   * @param chunks how many there are
   * @param bytes their stored bytes, without the store's own overhead
   */
  record Totals(long chunks, long bytes) {}
}
