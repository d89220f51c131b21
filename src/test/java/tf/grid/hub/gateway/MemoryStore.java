package tf.grid.hub.gateway;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkInventory;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoredChunk;

/** A store for tests that keeps chunks in memory, counts calls, and fails when told to. */
final class MemoryStore implements ChunkStore, ChunkInventory {
  static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

  final ConcurrentSkipListMap<ChunkId, byte[]> chunks = new ConcurrentSkipListMap<>();
  final AtomicInteger gets = new AtomicInteger();
  final AtomicInteger puts = new AtomicInteger();
  final AtomicInteger asked = new AtomicInteger();
  volatile StoreException failure;

  @Override
  public Optional<byte[]> get(ChunkId id) {
    gets.incrementAndGet();
    fail();
    return Optional.ofNullable(chunks.get(id)).map(byte[]::clone);
  }

  @Override
  public void put(List<StoredChunk> added) {
    puts.incrementAndGet();
    fail();
    for (StoredChunk chunk : added) {
      byte[] bytes = new byte[chunk.bytes().remaining()];
      chunk.bytes().duplicate().get(bytes);
      chunks.putIfAbsent(chunk.id(), bytes);
    }
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    asked.incrementAndGet();
    fail();
    return ids.stream().filter(id -> !chunks.containsKey(id)).collect(Collectors.toSet());
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
  public void close() {}

  private void fail() {
    if (failure != null) {
      throw failure;
    }
  }
}
