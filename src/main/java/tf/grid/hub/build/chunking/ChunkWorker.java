package tf.grid.hub.build.chunking;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.BatchCodec;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.StoredChunk;

/**
 * Takes a unit from plain bytes to stored chunks; each step is done for all pieces of the unit
 * before the next. A piece whose key is known is only hashed; the store is asked about all ids of a
 * unit at once, known ones included, because it may have lost some, or damaged some: those are
 * encoded and stored anew. For one thread; it keeps its scratch memory.
 */
final class ChunkWorker {
  private static final int STORED_BYTES =
      ChunkCodec.maxStoredLength(WorkUnit.CAPACITY)
          + WorkUnit.MAX_PIECES * ChunkCodec.maxStoredLength(4);

  /** What a worker takes of the heap: stored bytes, and a copy of them in the vector codec. */
  static final int MEMORY = 2 * STORED_BYTES;

  private final ChunkStore store;
  private final KnownChunks known;
  private final BatchCodec codec;
  private final byte[] stored = new byte[STORED_BYTES];
  private int used;

  ChunkWorker(ChunkStore store, KnownChunks known, BatchCodec codec) {
    this.store = store;
    this.known = known;
    this.codec = codec;
  }

  /** Stores all pieces and fills their slots; on failure some may be stored, no slot is filled. */
  void process(WorkUnit unit) {
    used = 0;
    List<ByteRange> pieces = unit.pieces();
    List<ChunkKey> keys = codec.keysOf(pieces);
    Map<ChunkKey, ByteRange> distinct = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      distinct.putIfAbsent(keys.get(i), pieces.get(i));
    }
    Map<ChunkKey, ChunkId> ids = new HashMap<>(known.lookUp(distinct.keySet()));
    Map<ChunkKey, StoredChunk> encoded = new LinkedHashMap<>();
    encode(distinct, distinct.keySet().stream().filter(key -> !ids.containsKey(key)), encoded);
    encoded.forEach((key, chunk) -> ids.put(key, chunk.id()));
    Set<ChunkId> missing = store.lacking(ids.values());
    List<ChunkKey> lacking =
        distinct.keySet().stream().filter(key -> missing.contains(ids.get(key))).toList();
    encode(distinct, lacking.stream().filter(key -> !encoded.containsKey(key)), encoded);
    store(lacking.stream().map(encoded::get).toList());
    remember(encoded);
    encoded.forEach((key, chunk) -> ids.put(key, chunk.id()));
    fillSlots(unit, keys, ids);
    unit.upload().stored(lacking.size(), distinct.size() - lacking.size());
  }

  private void encode(
      Map<ChunkKey, ByteRange> pieces, Stream<ChunkKey> wanted, Map<ChunkKey, StoredChunk> to) {
    List<ChunkKey> keys = wanted.toList();
    List<ByteRange> chunks =
        codec.encode(keys.stream().map(pieces::get).toList(), keys, stored, used);
    List<ChunkId> ids = codec.idsOf(chunks);
    for (int i = 0; i < keys.size(); i++) {
      ByteRange chunk = chunks.get(i);
      ByteBuffer bytes = ByteBuffer.wrap(stored, chunk.offset(), chunk.length());
      to.put(keys.get(i), new StoredChunk(ids.get(i), bytes));
      used = chunk.offset() + chunk.length();
    }
  }

  private void store(List<StoredChunk> lacking) {
    if (!lacking.isEmpty()) {
      store.put(lacking);
    }
  }

  private void remember(Map<ChunkKey, StoredChunk> encoded) {
    if (!encoded.isEmpty()) {
      List<Block> learnt = new ArrayList<>(encoded.size());
      encoded.forEach((key, chunk) -> learnt.add(new Block(chunk.id(), key)));
      known.remember(learnt);
    }
  }

  private static void fillSlots(WorkUnit unit, List<ChunkKey> keys, Map<ChunkKey, ChunkId> ids) {
    for (int i = 0; i < keys.size(); i++) {
      BlockSlots.fill(unit.segment(i), unit.place(i), ids.get(keys.get(i)), keys.get(i));
    }
  }
}
