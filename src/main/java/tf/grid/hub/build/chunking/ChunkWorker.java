package tf.grid.hub.build.chunking;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkCodec;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.StoredChunk;

/**
 * Takes a unit from plain bytes to stored chunks. A piece whose key is known is only hashed; the
 * store is asked about all ids of a unit at once, known ones included, because it may have lost
 * some, or damaged some: those are encoded and stored anew. For one thread; it keeps its scratch
 * memory.
 */
final class ChunkWorker {
  private final ChunkStore store;
  private final KnownChunks known;
  private final ChunkCodec codec = new ChunkCodec();
  private final byte[] stored =
      new byte
          [ChunkCodec.maxStoredLength(WorkUnit.CAPACITY)
              + WorkUnit.MAX_PIECES * ChunkCodec.maxStoredLength(4)];
  private int used;

  ChunkWorker(ChunkStore store, KnownChunks known) {
    this.store = store;
    this.known = known;
  }

  /** Stores all pieces and fills their slots; on failure some may be stored, no slot is filled. */
  void process(WorkUnit unit) {
    used = 0;
    ChunkKey[] keys = new ChunkKey[unit.pieces()];
    Map<ChunkKey, Integer> distinct = hash(unit, keys);
    Map<ChunkKey, ChunkId> ids = new HashMap<>(known.lookUp(distinct.keySet()));
    Map<ChunkKey, StoredChunk> encoded = new LinkedHashMap<>();
    distinct.forEach(
        (key, piece) -> {
          if (!ids.containsKey(key)) {
            encoded.put(key, encode(unit, piece, key));
          }
        });
    encoded.forEach((key, chunk) -> ids.put(key, chunk.id()));
    Set<ChunkId> missing = store.lacking(ids.values());
    List<StoredChunk> lacking = new ArrayList<>();
    distinct.forEach(
        (key, piece) -> {
          if (missing.contains(ids.get(key))) {
            lacking.add(encoded.computeIfAbsent(key, lost -> encode(unit, piece, lost)));
          }
        });
    store(lacking, encoded);
    encoded.forEach((key, chunk) -> ids.put(key, chunk.id()));
    fillSlots(unit, keys, ids);
    unit.upload().stored(lacking.size(), distinct.size() - lacking.size());
  }

  /** The keys of all pieces, and for each key the first piece that has it. */
  private Map<ChunkKey, Integer> hash(WorkUnit unit, ChunkKey[] keys) {
    Map<ChunkKey, Integer> distinct = new LinkedHashMap<>();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = codec.keyOf(unit.plain(), unit.offset(i), unit.length(i));
      distinct.putIfAbsent(keys[i], i);
    }
    return distinct;
  }

  private StoredChunk encode(WorkUnit unit, int piece, ChunkKey key) {
    int length =
        codec.encode(unit.plain(), unit.offset(piece), unit.length(piece), key, stored, used);
    ChunkId id = codec.idOf(stored, used, length);
    ByteBuffer bytes = ByteBuffer.wrap(stored, used, length);
    used += length;
    return new StoredChunk(id, bytes);
  }

  private void store(List<StoredChunk> lacking, Map<ChunkKey, StoredChunk> encoded) {
    if (!lacking.isEmpty()) {
      store.put(lacking);
    }
    if (!encoded.isEmpty()) {
      List<Block> learnt = new ArrayList<>(encoded.size());
      encoded.forEach((key, chunk) -> learnt.add(new Block(chunk.id(), key)));
      known.remember(learnt);
    }
  }

  private static void fillSlots(WorkUnit unit, ChunkKey[] keys, Map<ChunkKey, ChunkId> ids) {
    for (int i = 0; i < keys.length; i++) {
      BlockSlots.fill(unit.segment(i), unit.place(i), ids.get(keys[i]), keys[i]);
    }
  }
}
