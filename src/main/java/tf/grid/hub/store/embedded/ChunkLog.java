package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.embedded.pack.ChunkLocation;
import tf.grid.hub.store.embedded.pack.ChunkLocation.LocatedChunk;
import tf.grid.hub.store.embedded.pack.PackWriter;

/**
 * Appends chunks to the packs and updates the index later: a chunk is durable when its pack is
 * synced, and updating the index in large batches is much cheaper. Locations that are not indexed
 * yet are kept in memory, up to a limit, and recovered from the packs after a crash.
 *
 * <p>Methods that change something are not thread-safe; {@link #find} and {@link #knows} are.
 */
final class ChunkLog {
  private static final int MAX_PENDING = 32_768;

  /** Limits the data to scan after a crash, to about half a second. */
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

  /** Returns the location of a chunk that is not indexed yet. */
  Optional<ChunkLocation> find(ChunkId id) {
    return Optional.ofNullable(pending.get(id));
  }

  /** Returns whether a chunk is durable but not indexed yet. */
  boolean knows(ChunkId id) {
    return pending.containsKey(id);
  }

  /**
   * Appends the chunks that are not stored. All of them are durable when this returns, or none is
   * stored.
   */
  void append(Collection<StoredChunk> chunks)
      throws IOException, SQLException, InterruptedException {
    if (isFlushDue()) {
      // The previous flush failed: without space for the index, no more may accumulate here.
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

  /** Whether enough is pending to update the index. */
  boolean isFlushDue() {
    return pending.size() >= MAX_PENDING || pendingBytes >= MAX_PENDING_BYTES;
  }

  /** Writes the collected locations to the index. */
  void flush() throws SQLException {
    if (!pending.isEmpty()) {
      index.add(pending, ends);
      // Only after the commit: readers that do not find a chunk here query the index next.
      pending.clear();
      ends.clear();
      pendingBytes = 0;
    }
  }

  /** Marks the copy of a chunk at a location as damaged, so that the next put replaces it. */
  void markDamaged(ChunkId id, ChunkLocation place) throws SQLException {
    flush();
    index.markDamaged(id, place);
  }

  /** Removes chunks from the index. */
  void delete(Collection<ChunkId> ids) throws SQLException {
    flush();
    index.packs().delete(ids);
  }

  /** The number of the pack that is appended to. */
  int currentPack() {
    return writer.number();
  }

  /** Starts another pack, so that the current one can be rewritten. */
  void beginNextPack() throws IOException, SQLException {
    flush();
    writer.beginNext();
  }

  /** How full packs are. */
  List<PackLedger.Pack> packs() throws SQLException {
    flush();
    return index.packs().all();
  }

  /** Copies chunks to the current pack with their times, and changes their places in the index. */
  void move(List<Copy> chunks) throws IOException, SQLException {
    // Copies are behind what is pending, and what is before the indexed end must be indexed.
    flush();
    List<PackLedger.Move> moves = new ArrayList<>();
    Map<Integer, Long> indexed = new HashMap<>();
    try {
      for (Copy copy : chunks) {
        LocatedChunk old = copy.old();
        ChunkLocation to =
            writer.append(new StoredChunk(old.id(), copy.bytes()), old.place().time());
        moves.add(new PackLedger.Move(old, to));
        indexed.merge(to.pack(), to.end(), Math::max);
      }
      writer.force();
    } catch (IOException | RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
    index.packs().move(moves, indexed);
  }

  /**
   * A chunk that moves to the current pack.
   *
   * @param bytes its content, which was verified
   */
  record Copy(LocatedChunk old, ByteBuffer bytes) {}

  /** Takes a pack without intact chunks out of use. Returns false if it has some. */
  boolean retire(int pack) throws SQLException {
    flush();
    return index.packs().retire(pack);
  }

  /** The packs that were taken out of use and may still have files. */
  List<Integer> retired() throws SQLException {
    return index.packs().retired();
  }

  /** Forgets a pack whose file was deleted. */
  void forget(int pack) throws SQLException {
    index.packs().forget(pack);
  }

  /** Updates the index and closes the files. */
  void close() throws IOException, SQLException {
    try (writer) {
      flush();
    }
  }
}
