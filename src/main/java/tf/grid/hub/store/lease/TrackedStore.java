package tf.grid.hub.store.lease;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoredChunk;

/**
 * Records which chunks were stored, or asked for and found: these are kept for the grace period.
 * Reads are not recorded. Thread-safe.
 */
public final class TrackedStore implements ChunkStore {
  private final ChunkStore store;
  private final ChunkUses uses;

  /** Wraps a store; both stay open when this is closed. */
  public TrackedStore(ChunkStore store, ChunkUses uses) {
    this.store = store;
    this.uses = uses;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return store.get(id);
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    uses.storing(chunks.stream().map(StoredChunk::id).toList(), () -> store.put(chunks));
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    return uses.asking(ids, () -> store.missing(ids));
  }

  @Override
  public Set<ChunkId> absent(Collection<ChunkId> ids) {
    return store.absent(ids);
  }

  @Override
  public Set<ChunkId> lacking(Collection<ChunkId> ids) {
    return uses.asking(ids, () -> store.lacking(ids));
  }

  @Override
  public void probe() {
    store.probe();
  }

  @Override
  public void close() {
    // Their owner closes the store and the uses.
  }
}
