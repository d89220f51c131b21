package tf.grid.hub.store.embedded;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sqlite.SQLiteConfig.SynchronousMode;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.embedded.pack.ChunkLocation;

/**
 * The SQLite index: id → location, and how far each pack is indexed. Reads are thread-safe, changes
 * are not. Memory use is limited to the caches of the connections.
 */
final class LocationIndex implements AutoCloseable {
  private static final int READERS = 4;
  private static final int READER_CACHE_KIB = 4_096;
  private static final int WRITER_CACHE_KIB = 8_192;
  private static final int SLICE = 4_096;
  private static final int ROW = ChunkId.LENGTH + ChunkLocation.BYTES;

  private final Connection writer;
  private final PackLedger packs;
  private final BlockingQueue<IndexReader> readers = new ArrayBlockingQueue<>(READERS);

  /** Opens the index, which is created if necessary. */
  LocationIndex(Path file) throws SQLException {
    writer = Sqlite.open(file, SynchronousMode.FULL, WRITER_CACHE_KIB);
    packs = new PackLedger(writer, this);
    try {
      createTables();
      for (int i = 0; i < READERS; i++) {
        readers.add(new IndexReader(Sqlite.open(file, SynchronousMode.FULL, READER_CACHE_KIB)));
      }
    } catch (SQLException e) {
      closeQuietly(e);
      throw e;
    }
  }

  private void closeQuietly(SQLException why) {
    try (writer) {
      for (IndexReader reader = readers.poll(); reader != null; reader = readers.poll()) {
        reader.close();
      }
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  private void createTables() throws SQLException {
    try (Statement create = writer.createStatement()) {
      create.executeUpdate(
          "CREATE TABLE IF NOT EXISTS chunks (id BLOB PRIMARY KEY, place BLOB NOT NULL,"
              + " damaged INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID");
      create.executeUpdate(
          "CREATE TABLE IF NOT EXISTS packs (number INTEGER PRIMARY KEY, indexed INTEGER NOT NULL,"
              + " chunks INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0)");
      create.executeUpdate("CREATE TABLE IF NOT EXISTS retired (number INTEGER PRIMARY KEY)");
    }
  }

  interface Question<T> {
    T ask(IndexReader reader) throws SQLException;
  }

  /** Runs a query on a connection that is not shared during the query. */
  <T> T read(Question<T> question) throws SQLException, InterruptedException {
    IndexReader reader = readers.take();
    try {
      return question.ask(reader);
    } finally {
      readers.add(reader);
    }
  }

  /** Returns the ids that are missing or damaged in the index. */
  Set<ChunkId> missing(SortedSet<ChunkId> ids) throws SQLException, InterruptedException {
    Set<ChunkId> result = new HashSet<>();
    List<ChunkId> sorted = List.copyOf(ids);
    return read(
        reader -> {
          reader.missing(sorted, result);
          return result;
        });
  }

  /**
   * Adds locations, replacing damaged ones of the same id. Atomic, and durable when this returns.
   *
   * @param places of chunks that are missing or damaged in the index
   * @param indexed pack → position up to which it is now indexed
   */
  void add(Map<ChunkId, ChunkLocation> places, Map<Integer, Long> indexed) throws SQLException {
    inTransaction(
        () -> {
          insert(List.copyOf(new TreeMap<>(places).entrySet()));
          for (Map.Entry<Integer, Long> pack : indexed.entrySet()) {
            packs.setIndexed(pack.getKey(), pack.getValue());
          }
          count(places);
        });
  }

  private void insert(List<Map.Entry<ChunkId, ChunkLocation>> sorted) throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement(
            Sqlite.EACH
                + "INSERT INTO chunks (id, place)"
                + " SELECT substr(?1, 40 * i + 1, 16), substr(?1, 40 * i + 17, 24) FROM n WHERE true"
                + " ON CONFLICT (id) DO UPDATE SET place = excluded.place, damaged = 0")) {
      for (int from = 0; from < sorted.size(); from += SLICE) {
        int count = Math.min(SLICE, sorted.size() - from);
        ByteBuffer rows = ByteBuffer.allocate(ROW * count);
        for (Map.Entry<ChunkId, ChunkLocation> row : sorted.subList(from, from + count)) {
          rows.putLong(row.getKey().high()).putLong(row.getKey().low());
          row.getValue().writeTo(rows);
        }
        insert.setBytes(1, rows.array());
        insert.setInt(2, count);
        insert.executeUpdate();
      }
    }
  }

  private void count(Map<ChunkId, ChunkLocation> places) throws SQLException {
    Map<Integer, long[]> counts = new HashMap<>();
    for (ChunkLocation place : places.values()) {
      long[] count = counts.computeIfAbsent(place.pack(), pack -> new long[2]);
      count[0]++;
      count[1] += place.length();
    }
    for (Map.Entry<Integer, long[]> pack : counts.entrySet()) {
      packs.addToCounts(pack.getKey(), pack.getValue()[0], pack.getValue()[1]);
    }
  }

  /** Marks a chunk as damaged if it is still at this location; it then counts as missing. */
  void markDamaged(ChunkId id, ChunkLocation place) throws SQLException {
    inTransaction(() -> mark(id, place));
  }

  private void mark(ChunkId id, ChunkLocation place) throws SQLException {
    try (PreparedStatement mark =
        writer.prepareStatement(
            "UPDATE chunks SET damaged = 1 WHERE id = ? AND place = ? AND damaged = 0")) {
      mark.setBytes(1, id.bytes());
      mark.setBytes(2, place.bytes());
      if (mark.executeUpdate() == 1) {
        packs.addToCounts(place.pack(), -1, -place.length());
      }
    }
  }

  /** Marks all chunks beyond the end of a pack as damaged. */
  void cut(int pack, long end) throws SQLException, InterruptedException {
    read(
        reader -> {
          inTransaction(
              () -> {
                reader.forEachIn(
                    pack,
                    row -> {
                      if (row.place().end() > end) {
                        mark(row.id(), row.place());
                      }
                    });
                packs.setIndexed(pack, end);
              });
          return end;
        });
  }

  /** The part of the index that knows how full packs are. Changes follow the same rules. */
  PackLedger packs() {
    return packs;
  }

  interface Change {
    void make() throws SQLException;
  }

  void inTransaction(Change change) throws SQLException {
    writer.setAutoCommit(false);
    try {
      change.make();
      writer.commit();
    } catch (SQLException | RuntimeException e) {
      rollBack(e);
      throw e;
    } finally {
      writer.setAutoCommit(true);
    }
  }

  private void rollBack(Exception why) {
    try {
      writer.rollback();
    } catch (SQLException e) {
      // Some failures, such as a full disk, have already ended the transaction.
      why.addSuppressed(e);
    }
  }

  /** Waits for running queries; later queries fail. */
  @Override
  public void close() throws SQLException {
    try (writer) {
      List<IndexReader> idle = new ArrayList<>();
      while (idle.size() < READERS) {
        idle.add(takeUninterrupted());
      }
      for (IndexReader reader : idle) {
        reader.close();
      }
      // Waiting readers get a closed connection and fail, instead of waiting without end.
      readers.addAll(idle);
    }
  }

  private IndexReader takeUninterrupted() {
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        IndexReader reader = readers.take();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return reader;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
