package tf.grid.hub.build;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoredChunk;

/** A store in memory that counts what it is asked and fails when told to. */
public class MemoryStore implements ChunkStore, KnownChunks {
  public final Map<ChunkId, byte[]> chunks = new ConcurrentHashMap<>();
  public final Map<ChunkKey, ChunkId> known = new ConcurrentHashMap<>();
  public final AtomicInteger put = new AtomicInteger();
  public final AtomicInteger learnt = new AtomicInteger();
  public final AtomicInteger questions = new AtomicInteger();
  private volatile int roomFor = Integer.MAX_VALUE;

  /** From now on, so many more chunks fit. */
  public void limitTo(int more) {
    roomFor = put.get() + more;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return Optional.ofNullable(chunks.get(id));
  }

  @Override
  public void put(List<StoredChunk> batch) {
    for (StoredChunk chunk : batch) {
      if (put.incrementAndGet() > roomFor) {
        throw new StoreFullException("tried to store a chunk but there is no room", null);
      }
      ByteBuffer bytes = chunk.bytes().duplicate();
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      chunks.put(chunk.id(), copy);
    }
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    questions.incrementAndGet();
    Set<ChunkId> missing = new HashSet<>(ids);
    missing.removeIf(chunks::containsKey);
    return missing;
  }

  @Override
  public Map<ChunkKey, ChunkId> lookUp(Collection<ChunkKey> keys) {
    Map<ChunkKey, ChunkId> found = new HashMap<>();
    for (ChunkKey key : keys) {
      ChunkId id = known.get(key);
      if (id != null) {
        found.put(key, id);
      }
    }
    return found;
  }

  @Override
  public void remember(Collection<Block> blocks) {
    learnt.addAndGet(blocks.size());
    blocks.forEach(block -> known.put(block.key(), block.id()));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
