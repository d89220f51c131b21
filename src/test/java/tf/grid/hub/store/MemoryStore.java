package tf.grid.hub.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.store.StoreException.StoreFullException;

/** A store in memory that counts what it is asked and fails when told to. */
public class MemoryStore implements ChunkStore, ChunkInventory, KnownChunks {
  /** When all chunks were stored. */
  public static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

  public final ConcurrentSkipListMap<ChunkId, byte[]> chunks = new ConcurrentSkipListMap<>();
  public final Map<ChunkKey, ChunkId> known = new ConcurrentHashMap<>();

  /** Calls of {@link #get}. */
  public final AtomicInteger gets = new AtomicInteger();

  /** Calls of {@link #put(List)}. */
  public final AtomicInteger puts = new AtomicInteger();

  /** Chunks that were put. */
  public final AtomicInteger put = new AtomicInteger();

  /** Blocks that were remembered. */
  public final AtomicInteger learnt = new AtomicInteger();

  /** Calls of {@link #missing}. */
  public final AtomicInteger questions = new AtomicInteger();

  /** What each call throws, unless it is null. */
  public volatile StoreException failure;

  private volatile int roomFor = Integer.MAX_VALUE;

  /** From now on, so many more chunks fit. */
  public void limitTo(int more) {
    roomFor = put.get() + more;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    gets.incrementAndGet();
    fail();
    return Optional.ofNullable(chunks.get(id)).map(byte[]::clone);
  }

  @Override
  public void put(List<StoredChunk> batch) {
    puts.incrementAndGet();
    fail();
    for (StoredChunk chunk : batch) {
      if (put.incrementAndGet() > roomFor) {
        throw new StoreFullException("tried to store a chunk but there is no room", null);
      }
      byte[] bytes = new byte[chunk.bytes().remaining()];
      chunk.bytes().duplicate().get(bytes);
      chunks.putIfAbsent(chunk.id(), bytes);
    }
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    questions.incrementAndGet();
    return absent(ids);
  }

  @Override
  public Set<ChunkId> absent(Collection<ChunkId> ids) {
    fail();
    Set<ChunkId> missing = new HashSet<>(ids);
    missing.removeIf(chunks::containsKey);
    return missing;
  }

  @Override
  public Map<ChunkKey, ChunkId> lookUp(Collection<ChunkKey> keys) {
    Map<ChunkKey, ChunkId> found = new HashMap<>();
    for (ChunkKey key : keys) {
      Optional.ofNullable(known.get(key)).ifPresent(id -> found.put(key, id));
    }
    return found;
  }

  @Override
  public void remember(Collection<Block> blocks) {
    learnt.addAndGet(blocks.size());
    blocks.forEach(block -> known.put(block.key(), block.id()));
  }

  @Override
  public Totals totals() {
    return new Totals(chunks.size(), chunks.values().stream().mapToLong(it -> it.length).sum());
  }

  @Override
  public Optional<Entry> entry(ChunkId id) {
    return Optional.ofNullable(chunks.get(id)).map(it -> new Entry(id, it.length, TIME));
  }

  @Override
  public List<Entry> page(Optional<ChunkId> after, int limit) {
    var rest = after.isPresent() ? chunks.tailMap(after.get(), false) : chunks;
    return rest.entrySet().stream()
        .limit(limit)
        .map(it -> new Entry(it.getKey(), it.getValue().length, TIME))
        .toList();
  }

  @Override
  public void close() {
    // nothing is open
  }

  private void fail() {
    if (failure != null) {
      throw failure;
    }
  }
}
