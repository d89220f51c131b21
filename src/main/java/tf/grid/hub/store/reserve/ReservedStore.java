package tf.grid.hub.store.reserve;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoredChunk;

/** Stores no chunks while a disk has nothing left but its reserve. Thread-safe. */
public final class ReservedStore implements ChunkStore {
  private final ChunkStore store;
  private final DiskReserves disks;

  /** Wraps a store, which stays open when this is closed. */
  public ReservedStore(ChunkStore store, DiskReserves disks) {
    this.store = store;
    this.disks = disks;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return store.get(id);
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    if (disks.isFull()) {
      throw StoreFullException.withFree(
          "tried to store chunks but the disk has only its reserve left", null, disks.free());
    }
    store.put(chunks);
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    return store.missing(ids);
  }

  @Override
  public Set<ChunkId> lacking(Collection<ChunkId> ids) {
    return store.lacking(ids);
  }

  @Override
  public void probe() {
    store.probe();
  }

  @Override
  public void close() {
    // Its owner closes the store.
  }
}
