package tf.grid.hub.store.lease;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoredChunk;

/**
 * A store of several hubs. Records uses for all of them before the store is asked, and asks again
 * only for chunks that it was not seen to have since the last deletion, or to have damaged. Reads
 * are not recorded. Thread-safe.
 */
public final class SharedStore implements ChunkStore {
  private final ChunkStore store;
  private final SharedUses uses;
  private final ConfirmedChunks confirmed;
  private final Predicate<ChunkId> damaged;

  /**
   * Wraps a store, which stays open when this is closed.
   *
   * @param confirmed for this store only
   * @param damaged whether a chunk was found damaged, perhaps after it was confirmed
   */
  public SharedStore(
      ChunkStore store, SharedUses uses, ConfirmedChunks confirmed, Predicate<ChunkId> damaged) {
    this.store = store;
    this.uses = uses;
    this.confirmed = confirmed;
    this.damaged = damaged;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return store.get(id);
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    List<ChunkId> ids = chunks.stream().map(StoredChunk::id).toList();
    long deletion = uses.use(ids);
    store.put(chunks);
    confirmed.add(ids, deletion);
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    if (ids.isEmpty()) {
      return new HashSet<>();
    }
    long deletion = uses.use(ids);
    Set<ChunkId> asked = confirmed.without(ids, deletion);
    ids.stream().filter(damaged).forEach(asked::add);
    Set<ChunkId> missing = asked.isEmpty() ? new HashSet<>() : store.missing(asked);
    asked.removeAll(missing);
    confirmed.add(asked, deletion);
    return missing;
  }

  @Override
  public Set<ChunkId> absent(Collection<ChunkId> ids) {
    return store.absent(ids);
  }

  @Override
  public Set<ChunkId> lacking(Collection<ChunkId> ids) {
    long deletion = uses.use(ids);
    Set<ChunkId> lacking = store.lacking(ids);
    Set<ChunkId> there = new HashSet<>(ids);
    there.removeAll(lacking);
    confirmed.add(there, deletion);
    return lacking;
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
