package tf.grid.hub.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;

/**
 * Keeps chunks under their ids. All methods block, throw {@link StoreException} when the store
 * cannot do what was asked, and may be called by any number of threads at once.
 */
public interface ChunkStore extends AutoCloseable {

  /** The stored bytes of a chunk, or empty when the store does not have it. */
  Optional<byte[]> get(ChunkId id);

  /**
   * Keeps chunks. When this returns they survive the end of the process and, as far as the backend
   * can promise it, a loss of power. A chunk that is there already is not written again. The store
   * does not hold on to the buffers after it returned.
   */
  void put(List<StoredChunk> chunks);

  /** Those of the ids that the store does not have. */
  Set<ChunkId> missing(Collection<ChunkId> ids);

  /** Ends all work that was confirmed and lets go of files and connections. */
  @Override
  void close();
}
