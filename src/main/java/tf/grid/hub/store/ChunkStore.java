package tf.grid.hub.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/**
 * Keeps chunks under their ids. All methods block, throw {@link StoreException} when the store
 * cannot do what was asked, and may be called by any number of threads at once.
 */
public interface ChunkStore extends AutoCloseable {

  /**
   * The stored bytes of a chunk, or empty when the store does not have it.
   *
   * @throws StoreException.StoreCorruptException when they have another hash than the id
   */
  Optional<byte[]> get(ChunkId id);

  /**
   * Keeps chunks. When this returns they survive the end of the process and, as far as the backend
   * can promise it, a loss of power. A chunk that is there already is not written again. The store
   * does not hold on to the buffers after it returned.
   */
  void put(List<StoredChunk> chunks);

  /** Those of the ids that the store does not have, or that were damaged when they were read. */
  Set<ChunkId> missing(Collection<ChunkId> ids);

  /**
   * The same, for those who will not publish the chunks: what is there now may be deleted at any
   * time, and the question leaves no trace.
   */
  default Set<ChunkId> absent(Collection<ChunkId> ids) {
    return missing(ids);
  }

  /**
   * Those of the ids that the store does not have or, as far as it can tell, has other bytes under:
   * {@link #put} makes both good. It may read the chunks, so ask when they are at hand.
   */
  default Set<ChunkId> lacking(Collection<ChunkId> ids) {
    return missing(ids);
  }

  /**
   * Finds out whether the store can be used as it is set up.
   *
   * @throws StoreUnreachableException when it cannot be reached now
   * @throws StoreException of another kind when it has to be set up otherwise
   */
  default void probe() {}

  /** Ends all work that was confirmed and lets go of files and connections. */
  @Override
  void close();
}
