package tf.grid.hub.store;

import java.util.Collection;
import java.util.Map;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;

/**
 * What was learnt from earlier uploads: the id that a key's chunk has, so that a repeated piece
 * costs one hash and no compression. It is a memory, not a promise: ask the store whether it still
 * has the chunk. Safe for any number of threads.
 */
public interface KnownChunks {

  /** The ids of those keys that are known. */
  Map<ChunkKey, ChunkId> lookUp(Collection<ChunkKey> keys);

  /** Learns pairs whose chunks the store has confirmed. */
  void remember(Collection<Block> blocks);
}
