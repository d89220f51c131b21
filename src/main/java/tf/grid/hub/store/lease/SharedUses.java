package tf.grid.hub.store.lease;

import java.util.Collection;
import tf.grid.hub.chunk.ChunkId;

/**
 * Keeps chunks alive in a store of several hubs, any of which may collect unused chunks.
 * Thread-safe.
 */
@FunctionalInterface
public interface SharedUses {

  /**
   * Records uses of chunks, before the store is asked for them or given them. What the store then
   * says to be there is not deleted within the grace period. Waits a bounded time for chunks that a
   * collection is deleting.
   *
   * @return the number of the last deletion by any hub: while it stays, the store has what it was
   *     seen to have
   * @throws tf.grid.hub.store.StoreException.ChunksBeingDeletedException if chunks are still being
   *     deleted
   * @throws tf.grid.hub.store.StoreException.StoreUnreachableException if the uses cannot be
   *     recorded now
   */
  long use(Collection<ChunkId> ids);
}
