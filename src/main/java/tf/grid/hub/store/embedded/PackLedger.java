package tf.grid.hub.store.embedded;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.embedded.pack.ChunkLocation;
import tf.grid.hub.store.embedded.pack.ChunkLocation.LocatedChunk;

/**
 * How far each pack is indexed and what it still holds; chunks that are deleted or move to another
 * pack; packs that are about to be deleted. Every change is atomic and durable when it returns. Not
 * thread-safe.
 */
final class PackLedger {
  private final Connection writer;
  private final LocationIndex index;

  PackLedger(Connection writer, LocationIndex index) {
    this.writer = writer;
    this.index = index;
  }

  /**
   * What the index knows of a pack.
   *
   * @param indexed position up to which it is indexed
   * @param chunks number of intact chunks
   * @param bytes of them, without record headers
   */
  record Pack(int number, long indexed, long chunks, long bytes) {}

  /**
   * A chunk in its old place and in its new one, which holds the same bytes.
   *
   * @param chunk as the index has it, unless that has changed in the meantime
   */
  record Move(LocatedChunk chunk, ChunkLocation to) {}

  /** Returns all packs, ordered by number. */
  List<Pack> all() throws SQLException {
    List<Pack> result = new ArrayList<>();
    try (Statement select = writer.createStatement();
        ResultSet rows =
            select.executeQuery(
                "SELECT number, indexed, chunks, bytes FROM packs ORDER BY number")) {
      while (rows.next()) {
        result.add(new Pack(rows.getInt(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
      }
    }
    return result;
  }

  /** Returns pack → position up to which it is indexed, ordered by pack. */
  Map<Integer, Long> indexed() throws SQLException {
    Map<Integer, Long> result = new TreeMap<>();
    all().forEach(pack -> result.put(pack.number(), pack.indexed()));
    return result;
  }

  void setIndexed(int pack, long end) throws SQLException {
    try (PreparedStatement set =
        writer.prepareStatement(
            "INSERT INTO packs (number, indexed) VALUES (?, ?)"
                + " ON CONFLICT (number) DO UPDATE SET indexed = excluded.indexed")) {
      set.setInt(1, pack);
      set.setLong(2, end);
      set.executeUpdate();
    }
  }

  void addToCounts(int pack, long chunks, long bytes) throws SQLException {
    try (PreparedStatement add =
        writer.prepareStatement(
            "UPDATE packs SET chunks = chunks + ?, bytes = bytes + ? WHERE number = ?")) {
      add.setLong(1, chunks);
      add.setLong(2, bytes);
      add.setInt(3, pack);
      add.executeUpdate();
    }
  }

  /** Removes chunks from the index. */
  void delete(Collection<ChunkId> ids) throws SQLException {
    index.inTransaction(
        () -> {
          Counts counts = new Counts();
          try (PreparedStatement delete =
              writer.prepareStatement("DELETE FROM chunks WHERE id = ? RETURNING place, damaged")) {
            for (ChunkId id : ids) {
              delete.setBytes(1, id.bytes());
              try (ResultSet row = delete.executeQuery()) {
                if (row.next() && row.getInt(2) == 0) {
                  counts.add(ChunkLocation.of(row.getBytes(1)), -1);
                }
              }
            }
          }
          counts.write();
        });
  }

  /**
   * Changes the places of chunks that are still in their old ones.
   *
   * @param indexed pack → position up to which it is now indexed
   */
  void move(List<Move> moves, Map<Integer, Long> indexed) throws SQLException {
    index.inTransaction(
        () -> {
          for (Map.Entry<Integer, Long> pack : indexed.entrySet()) {
            setIndexed(pack.getKey(), pack.getValue());
          }
          Counts counts = new Counts();
          try (PreparedStatement update =
              writer.prepareStatement(
                  "UPDATE chunks SET place = ? WHERE id = ? AND place = ? AND damaged = 0")) {
            for (Move move : moves) {
              update.setBytes(1, move.to().bytes());
              update.setBytes(2, move.chunk().id().bytes());
              update.setBytes(3, move.chunk().place().bytes());
              if (update.executeUpdate() == 1) {
                counts.add(move.chunk().place(), -1);
                counts.add(move.to(), 1);
              }
            }
          }
          counts.write();
        });
  }

  /**
   * Takes a pack without intact chunks out of use; its file is not needed any more.
   *
   * @return false if it has intact chunks
   */
  boolean retire(int pack) throws SQLException {
    boolean[] empty = new boolean[1];
    index.inTransaction(
        () -> {
          try (PreparedStatement remove =
              writer.prepareStatement("DELETE FROM packs WHERE number = ? AND chunks = 0")) {
            remove.setInt(1, pack);
            empty[0] = remove.executeUpdate() == 1;
          }
          if (empty[0]) {
            change("INSERT OR IGNORE INTO retired (number) VALUES (?)", pack);
          }
        });
    return empty[0];
  }

  /** Returns the packs that were taken out of use and may still have files. */
  List<Integer> retired() throws SQLException {
    List<Integer> result = new ArrayList<>();
    try (Statement select = writer.createStatement();
        ResultSet rows = select.executeQuery("SELECT number FROM retired")) {
      while (rows.next()) {
        result.add(rows.getInt(1));
      }
    }
    return result;
  }

  /** Forgets a pack that was taken out of use and has no file any more. */
  void forget(int pack) throws SQLException {
    change("DELETE FROM retired WHERE number = ?", pack);
  }

  private void change(String statement, int pack) throws SQLException {
    try (PreparedStatement change = writer.prepareStatement(statement)) {
      change.setInt(1, pack);
      change.executeUpdate();
    }
  }

  /** Changes of the counts of several packs. */
  private final class Counts {
    private final Map<Integer, long[]> packs = new HashMap<>();

    void add(ChunkLocation place, int chunks) {
      long[] count = packs.computeIfAbsent(place.pack(), pack -> new long[2]);
      count[0] += chunks;
      count[1] += (long) chunks * place.length();
    }

    void write() throws SQLException {
      for (Map.Entry<Integer, long[]> pack : packs.entrySet()) {
        addToCounts(pack.getKey(), pack.getValue()[0], pack.getValue()[1]);
      }
    }
  }
}
