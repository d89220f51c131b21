package tf.grid.hub.catalogue.shared;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import tf.grid.hub.chunk.ChunkId;

/**
 * A collection in a store of several hubs. First mark the chunks of all flists, then show the
 * chunks of the store in the order of their ids. For one thread.
 */
public interface SharedCollection {

  /** All flists at a moment after the begin, to be read before chunks are shown. */
  FrozenFlists flists() throws IOException;

  /** Shows a chunk to which a flist or work in progress refers. */
  void used(ChunkId id) throws IOException;

  /**
   * Shows a chunk to which nothing refers.
   *
   * @return whether a former collection has found it unused as well, a grace period ago or more, so
   *     that it may be deleted unless it was used meanwhile
   */
  boolean unused(ChunkId id) throws IOException;

  /**
   * Deletes chunks that may be deleted, unless they were used meanwhile.
   *
   * @param deletion deletes chunks from the store; if it fails, they count as not deleted
   * @return those that were deleted
   * @throws TurnLostException if another hub may have begun to collect
   */
  Set<ChunkId> delete(Collection<ChunkId> ids, Consumer<Collection<ChunkId>> deletion)
      throws IOException;

  /** To be called when all chunks were shown. */
  void finish() throws IOException;
}
