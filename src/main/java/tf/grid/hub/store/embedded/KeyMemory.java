package tf.grid.hub.store.embedded;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteConfig.SynchronousMode;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.store.KnownChunks;
import tf.grid.hub.store.StoreException;

/**
 * A persistent cache of key → id in a local file, for every kind of chunk store. Entries are
 * written in large batches and on close; a crash loses recent entries, which only makes uploads
 * slower. For the same reason, a full disk is only logged, and a damaged file is replaced.
 * Thread-safe.
 */
public final class KeyMemory implements KnownChunks, AutoCloseable {
  private static final Logger LOG = System.getLogger(KeyMemory.class.getName());
  private static final int CACHE_KIB = 4_096;
  private static final int MAX_PENDING = 32_768;
  private static final int SLICE = 4_096;

  /** The order of the table, so that adjacent rows are read and written together. */
  private static final Comparator<ChunkKey> ORDER =
      comparing(ChunkKey::high, Long::compareUnsigned)
          .thenComparing(ChunkKey::low, Long::compareUnsigned);

  private final Path file;
  private final Connection connection;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final Map<ChunkKey, ChunkId> pending = new HashMap<>();

  private KeyMemory(Path file) throws SQLException {
    this.file = file;
    this.connection = Sqlite.open(file, SynchronousMode.NORMAL, CACHE_KIB);
    try (Statement create = connection.createStatement()) {
      create.executeUpdate(
          "CREATE TABLE IF NOT EXISTS keys (key BLOB PRIMARY KEY, id BLOB NOT NULL) WITHOUT ROWID");
      select =
          connection.prepareStatement(
              Sqlite.EACH
                  + "SELECT i, id FROM n CROSS JOIN keys WHERE key = substr(?1, 16 * i + 1, 16)");
      insert =
          connection.prepareStatement(
              Sqlite.EACH
                  + "INSERT OR REPLACE INTO keys (key, id)"
                  + " SELECT substr(?1, 32 * i + 1, 16), substr(?1, 32 * i + 17, 16) FROM n");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens the cache in a file, which is created if necessary.
   *
   * @throws StoreException if the file is unusable
   */
  public static KeyMemory open(Path file) {
    StorageErrors failures = new StorageErrors(file.toAbsolutePath().getParent());
    try {
      Files.createDirectories(failures.directory());
      return openOrBegin(file);
    } catch (IOException e) {
      throw failures.of("open the known keys", e);
    } catch (SQLException e) {
      throw failures.of("open the known keys", e);
    }
  }

  private static KeyMemory openOrBegin(Path file) throws SQLException, IOException {
    try {
      return new KeyMemory(file);
    } catch (SQLException e) {
      if (!Sqlite.isDamaged(e)) {
        throw e;
      }
      LOG.log(Level.WARNING, "the key cache {0} is damaged and will be replaced", file);
      Sqlite.delete(file);
      return new KeyMemory(file);
    }
  }

  @Override
  public synchronized Map<ChunkKey, ChunkId> lookUp(Collection<ChunkKey> keys) {
    Map<ChunkKey, ChunkId> result = new HashMap<>();
    Set<ChunkKey> rest = new TreeSet<>(ORDER);
    for (ChunkKey key : keys) {
      ChunkId id = pending.get(key);
      if (id == null) {
        rest.add(key);
      } else {
        result.put(key, id);
      }
    }
    try {
      addFromFile(List.copyOf(rest), result);
    } catch (SQLException e) {
      warn("read", e);
    }
    return result;
  }

  private void addFromFile(List<ChunkKey> sorted, Map<ChunkKey, ChunkId> result)
      throws SQLException {
    for (int from = 0; from < sorted.size(); from += SLICE) {
      List<ChunkKey> slice = sorted.subList(from, Math.min(sorted.size(), from + SLICE));
      ByteBuffer packed = ByteBuffer.allocate(ChunkKey.LENGTH * slice.size());
      slice.forEach(key -> packed.putLong(key.high()).putLong(key.low()));
      select.setBytes(1, packed.array());
      select.setInt(2, slice.size());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          byte[] id = rows.getBytes(2);
          // Another length means damage; the key is learnt again and overwrites the row.
          if (id != null && id.length == ChunkId.LENGTH) {
            result.put(slice.get(rows.getInt(1)), ChunkId.of(id));
          }
        }
      }
    }
  }

  @Override
  public synchronized void remember(Collection<Block> blocks) {
    for (Block block : blocks) {
      pending.put(block.key(), block.id());
      if (pending.size() >= MAX_PENDING) {
        flush();
      }
    }
  }

  /** {@inheritDoc} Uploads wait at most for one of many small steps. */
  @Override
  public void forget(UnaryOperator<Set<ChunkId>> missing) {
    byte[] after = new byte[0];
    try {
      while (after != null) {
        after = forgetSlice(after, missing);
      }
    } catch (SQLException e) {
      warn("written", e);
    }
  }

  /** Returns the last key that was looked at; null at the end. */
  private synchronized byte[] forgetSlice(byte[] after, UnaryOperator<Set<ChunkId>> missing)
      throws SQLException {
    flush();
    Map<ChunkId, List<byte[]>> keys = new HashMap<>();
    byte[] last = null;
    try (PreparedStatement page =
        connection.prepareStatement(
            "SELECT key, id FROM keys WHERE key > ? ORDER BY key LIMIT " + SLICE)) {
      page.setBytes(1, after);
      try (ResultSet rows = page.executeQuery()) {
        while (rows.next()) {
          last = rows.getBytes(1);
          byte[] id = rows.getBytes(2);
          if (id != null && id.length == ChunkId.LENGTH) {
            keys.computeIfAbsent(ChunkId.of(id), same -> new ArrayList<>()).add(last);
          }
        }
      }
    }
    keys.keySet().retainAll(missing.apply(Set.copyOf(keys.keySet())));
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM keys WHERE key = ?")) {
      connection.setAutoCommit(false);
      for (List<byte[]> same : keys.values()) {
        for (byte[] key : same) {
          delete.setBytes(1, key);
          delete.executeUpdate();
        }
      }
      connection.commit();
    } finally {
      connection.setAutoCommit(true);
    }
    return last;
  }

  private void flush() {
    try {
      connection.setAutoCommit(false);
      try {
        insertAll(List.copyOf(pending.entrySet()));
        connection.commit();
      } finally {
        // Ends a failed transaction.
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      warn("written", e);
    }
    pending.clear();
  }

  private void insertAll(List<Map.Entry<ChunkKey, ChunkId>> pairs) throws SQLException {
    List<Map.Entry<ChunkKey, ChunkId>> sorted =
        pairs.stream().sorted(Map.Entry.comparingByKey(ORDER)).toList();
    for (int from = 0; from < sorted.size(); from += SLICE) {
      int count = Math.min(SLICE, sorted.size() - from);
      ByteBuffer rows = ByteBuffer.allocate((ChunkKey.LENGTH + ChunkId.LENGTH) * count);
      for (Map.Entry<ChunkKey, ChunkId> pair : sorted.subList(from, from + count)) {
        rows.putLong(pair.getKey().high()).putLong(pair.getKey().low());
        rows.putLong(pair.getValue().high()).putLong(pair.getValue().low());
      }
      insert.setBytes(1, rows.array());
      insert.setInt(2, count);
      insert.executeUpdate();
    }
  }

  private void warn(String done, SQLException e) {
    LOG.log(
        Level.WARNING,
        "the key cache {0} could not be {1}; uploads will be slower: {2}",
        file,
        done,
        e.getMessage());
  }

  /** Writes pending entries and closes the file. */
  @Override
  public synchronized void close() {
    try (connection) {
      if (!connection.isClosed()) {
        flush();
      }
    } catch (SQLException e) {
      warn("closed", e);
    }
  }
}
