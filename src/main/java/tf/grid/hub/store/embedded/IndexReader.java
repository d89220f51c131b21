package tf.grid.hub.store.embedded;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.embedded.pack.ChunkLocation;
import tf.grid.hub.store.embedded.pack.ChunkLocation.LocatedChunk;

/** Queries to the index over one connection. Not thread-safe. */
final class IndexReader implements AutoCloseable {
  private static final int SLICE = 4_096;

  private final Connection connection;
  private final PreparedStatement find;
  private final PreparedStatement missing;
  private final PreparedStatement page;
  private final PreparedStatement totals;

  IndexReader(Connection connection) throws SQLException {
    this.connection = connection;
    find = connection.prepareStatement("SELECT place FROM chunks WHERE id = ?");
    missing =
        connection.prepareStatement(
            Sqlite.EACH
                + "SELECT i FROM n WHERE NOT EXISTS (SELECT 1 FROM chunks"
                + " WHERE id = substr(?1, 16 * i + 1, 16) AND damaged = 0)");
    page =
        connection.prepareStatement(
            "SELECT id, place FROM chunks WHERE id > ? ORDER BY id LIMIT ?");
    totals = connection.prepareStatement("SELECT sum(chunks), sum(bytes) FROM packs");
  }

  /** Returns the location of a chunk, damaged or not. */
  Optional<ChunkLocation> find(ChunkId id) throws SQLException {
    find.setBytes(1, id.bytes());
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? Optional.of(ChunkLocation.of(row.getBytes(1))) : Optional.empty();
    }
  }

  /** Adds the ids that are missing or damaged to the result. Fastest if the ids are sorted. */
  void missing(List<ChunkId> ids, Set<ChunkId> result) throws SQLException {
    for (int from = 0; from < ids.size(); from += SLICE) {
      List<ChunkId> slice = ids.subList(from, Math.min(ids.size(), from + SLICE));
      ByteBuffer packed = ByteBuffer.allocate(ChunkId.LENGTH * slice.size());
      slice.forEach(id -> packed.putLong(id.high()).putLong(id.low()));
      missing.setBytes(1, packed.array());
      missing.setInt(2, slice.size());
      try (ResultSet rows = missing.executeQuery()) {
        while (rows.next()) {
          result.add(slice.get(rows.getInt(1)));
        }
      }
    }
  }

  /** Returns the rows after an id, or from the beginning, ordered by id. */
  List<LocatedChunk> page(Optional<ChunkId> after, int limit) throws SQLException {
    page.setBytes(1, after.map(ChunkId::bytes).orElse(new byte[0]));
    page.setInt(2, limit);
    List<LocatedChunk> result = new ArrayList<>();
    try (ResultSet rows = page.executeQuery()) {
      while (rows.next()) {
        result.add(
            new LocatedChunk(ChunkId.of(rows.getBytes(1)), ChunkLocation.of(rows.getBytes(2))));
      }
    }
    return result;
  }

  interface RowVisitor {
    void visit(LocatedChunk chunk) throws SQLException;
  }

  /** Visits all chunks of a pack, in a consistent snapshot. */
  void forEachIn(int pack, RowVisitor visitor) throws SQLException {
    try (PreparedStatement ofPack =
        connection.prepareStatement("SELECT id, place FROM chunks WHERE substr(place, 1, 4) = ?")) {
      ofPack.setBytes(1, ByteBuffer.allocate(Integer.BYTES).putInt(pack).array());
      try (ResultSet rows = ofPack.executeQuery()) {
        while (rows.next()) {
          visitor.visit(
              new LocatedChunk(ChunkId.of(rows.getBytes(1)), ChunkLocation.of(rows.getBytes(2))));
        }
      }
    }
  }

  /** Returns the number of intact chunks and their total bytes. */
  long[] totals() throws SQLException {
    try (ResultSet row = totals.executeQuery()) {
      row.next();
      return new long[] {row.getLong(1), row.getLong(2)};
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
