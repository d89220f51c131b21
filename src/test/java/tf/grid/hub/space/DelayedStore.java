package tf.grid.hub.space;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoredChunk;

/** Delays the answers of another store. */
final class DelayedStore implements ChunkStore {
  private final ChunkStore store;
  private final Runnable afterMissing;
  private final Runnable afterLacking;

  DelayedStore(ChunkStore store, Runnable afterMissing, Runnable afterLacking) {
    this.store = store;
    this.afterMissing = afterMissing;
    this.afterLacking = afterLacking;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return store.get(id);
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    store.put(chunks);
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    Set<ChunkId> missing = store.missing(ids);
    afterMissing.run();
    return missing;
  }

  @Override
  public Set<ChunkId> lacking(Collection<ChunkId> ids) {
    Set<ChunkId> lacking = store.lacking(ids);
    afterLacking.run();
    return lacking;
  }

  @Override
  public void close() {
    store.close();
  }
}
