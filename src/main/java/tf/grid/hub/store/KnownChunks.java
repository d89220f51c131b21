package tf.grid.hub.store;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;

/**
 * A cache of chunk ids by key, so that a repeated block costs one hash and no compression. The
 * chunk may have been deleted: check the store. Thread-safe.
 */
public interface KnownChunks {

  /** Returns the ids of the known keys. */
  Map<ChunkKey, ChunkId> lookUp(Collection<ChunkKey> keys);

  /** Adds blocks whose chunks the store has confirmed. */
  void remember(Collection<Block> blocks);

  /**
   * Removes what is known of chunks that were deleted.
   *
   * @param missing those of the ids that the store does not have
   */
  default void forget(UnaryOperator<Set<ChunkId>> missing) {}
}
