package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.embedded.pack.ChunkLocation;
import tf.grid.hub.store.embedded.pack.PackWriter;

/**
 * Appends to the packs and brings the index up to date some time later: a chunk is safe once its
 * pack is, and the index learns of many at once, which is far cheaper. What it has not learnt yet
 * is held here, a bounded number of places, and read from the packs again after a crash.
 *
 * <p>All methods that change something are for one thread; {@link #find} and {@link #knows} are for
 * all.
 */
final class ChunkLog {
  private static final int MAX_PENDING = 32_768;

  /** Bounds what a start after a crash has to read: about half a second's worth. */
  private static final long MAX_PENDING_BYTES = 512L << 20;

  private final LocationIndex index;
  private final PackWriter writer;
  private final Clock clock;
  private final ConcurrentMap<ChunkId, ChunkLocation> pending = new ConcurrentHashMap<>();
  private final Map<Integer, Long> ends = new HashMap<>();
  private long pendingBytes;

  ChunkLog(LocationIndex index, PackWriter writer, Clock clock) {
    this.index = index;
    this.writer = writer;
    this.clock = clock;
  }

  /** Where a chunk is that the index does not know yet. */
  Optional<ChunkLocation> find(ChunkId id) {
    return Optional.ofNullable(pending.get(id));
  }

  /** Whether a chunk is safe although the index does not know it yet. */
  boolean knows(ChunkId id) {
    return pending.containsKey(id);
  }

  /** Keeps those chunks that are not there. They are durable when this returns, or none is kept. */
  void append(Collection<StoredChunk> chunks)
      throws IOException, SQLException, InterruptedException {
    if (isFlushDue()) {
      // The last one failed: without room in the index nothing more may pile up here.
      flush();
    }
    Set<ChunkId> wanted = absent(chunks);
    Map<ChunkId, ChunkLocation> places = new LinkedHashMap<>();
    try {
      long now = clock.instant().getEpochSecond();
      for (StoredChunk chunk : chunks) {
        if (wanted.remove(chunk.id())) {
          places.put(chunk.id(), writer.append(chunk, now));
        }
      }
      writer.force();
    } catch (IOException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
    for (ChunkLocation place : places.values()) {
      ends.merge(place.pack(), place.end(), Math::max);
      pendingBytes += place.length();
    }
    pending.putAll(places);
  }

  private Set<ChunkId> absent(Collection<StoredChunk> chunks)
      throws SQLException, InterruptedException {
    TreeSet<ChunkId> asked = new TreeSet<>();
    for (StoredChunk chunk : chunks) {
      if (!knows(chunk.id())) {
        asked.add(chunk.id());
      }
    }
    return index.missing(asked);
  }

  private void rollBack(Throwable why) {
    try {
      writer.rollBack();
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Whether so much is held here that the index should learn it. */
  boolean isFlushDue() {
    return pending.size() >= MAX_PENDING || pendingBytes >= MAX_PENDING_BYTES;
  }

  /** Tells the index everything. */
  void flush() throws SQLException {
    if (!pending.isEmpty()) {
      index.add(pending, ends);
      // Only now: who does not find a chunk here asks the index next.
      pending.clear();
      ends.clear();
      pendingBytes = 0;
    }
  }

  /**
   * Remembers that the copy of a chunk at a place is not good, so that the next put replaces it.
   */
  void markDamaged(ChunkId id, ChunkLocation place) throws SQLException {
    flush();
    index.markDamaged(id, place);
  }

  /** Ends with everything in the index. */
  void close() throws IOException, SQLException {
    try (writer) {
      flush();
    }
  }
}
