package tf.grid.hub.store;

import java.util.Collection;
import java.util.function.Consumer;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory.Entry;

/**
 * Lists the chunks of a remote store in no order, and deletes some. Methods block and throw {@link
 * StoreException}. Thread-safe.
 */
public interface ChunkScan {

  /**
   * Shows all chunks that exist during the whole scan, some perhaps more than once. Fails rather
   * than shows a part.
   */
  void scan(Consumer<Entry> visitor);

  /** Whether entries have the time of storing; if not, it is the epoch. */
  boolean knowsTimes();

  /** Deletes those of the chunks that exist. */
  void delete(Collection<ChunkId> ids);
}
