package tf.grid.hub.store.remote;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoredChunk;

/**
 * Compares what a remote store returns with the ids. A chunk that was found damaged counts as
 * missing until it is stored again, by this hub or another one. Thread-safe.
 */
public final class VerifiedStore implements ChunkStore {
  private final ChunkStore store;
  private final DamagedChunks damaged;
  private final Known known;

  /**
   * Wraps a store, which it closes when it is closed.
   *
   * @param damaged what was found
   * @param known what to do with stored chunks that an upload has again
   */
  public VerifiedStore(ChunkStore store, DamagedChunks damaged, Known known) {
    this.store = store;
    this.damaged = damaged;
    this.known = known;
  }

  /** What {@link #lacking} does with chunks that are stored. */
  public enum Known {
    /** It reads them, so that an upload repairs damage of which nobody knows yet. */
    READ,
    /** It trusts the store, which verifies its disks and is as expensive to read as to write. */
    TRUSTED
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    Optional<byte[]> stored;
    try {
      stored = store.get(id);
    } catch (StoreCorruptException e) {
      damaged.add(id);
      throw e;
    }
    if (stored.isPresent()) {
      if (!isNamed(id, stored.get())) {
        damaged.add(id);
        throw new StoreCorruptException(
            "chunk "
                + id
                + " is damaged, its stored bytes have another hash: upload what it belongs to again",
            null);
      }
      damaged.remove(List.of(id));
    }
    return stored;
  }

  private static boolean isNamed(ChunkId id, byte[] stored) {
    return id.equals(ChunkId.of(Blake2b.digest(ChunkId.LENGTH, stored, 0, stored.length)));
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    store.put(chunks);
    damaged.remove(chunks.stream().map(StoredChunk::id).toList());
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    Set<ChunkId> missing = store.missing(ids);
    if (!damaged.isEmpty()) {
      // Another hub may have stored it again.
      addUnreadable(ids.stream().filter(damaged::contains).toList(), missing);
    }
    return missing;
  }

  @Override
  public Set<ChunkId> lacking(Collection<ChunkId> ids) {
    if (known == Known.TRUSTED) {
      return missing(ids);
    }
    Set<ChunkId> lacking = store.missing(ids);
    addUnreadable(ids, lacking);
    return lacking;
  }

  private void addUnreadable(Collection<ChunkId> ids, Set<ChunkId> missing) {
    for (ChunkId id : new HashSet<>(ids)) {
      if (!missing.contains(id) && !isReadable(id)) {
        missing.add(id);
      }
    }
  }

  private boolean isReadable(ChunkId id) {
    try {
      return get(id).isPresent();
    } catch (StoreCorruptException e) {
      return false;
    }
  }

  @Override
  public void probe() {
    store.probe();
  }

  @Override
  public void close() {
    store.close();
  }
}
