package tf.grid.hub.flist.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistTooLargeException;

/**
 * Collects rows before the flist is written, in a transaction that is never committed: SQLite keeps
 * it in its page cache outside the heap, and writes to the file only when that is full. Not
 * thread-safe.
 */
final class FlistStaging implements Closeable {
  /** Overhead of a row in bytes: its key twice, row numbers, share of inner pages. */
  static final int ROW_OVERHEAD = 128;

  /** The finished database is a copy in the heap, which has less room than the page cache. */
  private static final int HEAP_PART = 32;

  private final Path workDir;
  private final int inMemory;
  private final FlistLimits limits;
  private final Path file;
  private final Connection connection;
  private final PreparedStatement insert;
  private final Map<String, String> metadata = new TreeMap<>();
  private long bytes;
  private long rows;

  FlistStaging(Path workDir, int inMemory, FlistLimits limits) throws IOException {
    this.workDir = workDir;
    this.inMemory = inMemory;
    this.limits = limits;
    this.file = Files.createTempFile(workDir, ".tmp-flist-", ".values");
    try {
      this.connection = scratch(file, inMemory);
      this.insert = connection.prepareStatement("INSERT INTO staged VALUES (?, ?)");
    } catch (SQLException e) {
      Files.deleteIfExists(file);
      throw new IOException("tried to prepare a flist in " + workDir + " but " + e.getMessage(), e);
    }
  }

  private static Connection scratch(Path file, int cacheBytes) throws SQLException {
    Connection connection = open(file.toString(), cacheBytes);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE staged (key TEXT PRIMARY KEY, value BLOB)");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens a temporary database without durability and begins a transaction. */
  static SQLiteConnection open(String name, int cacheBytes) throws SQLException {
    SQLiteConnection connection = JDBC.createConnection(JDBC.PREFIX + name, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size=4096");
      statement.execute("PRAGMA journal_mode=OFF");
      statement.execute("PRAGMA synchronous=OFF");
      statement.execute("PRAGMA locking_mode=EXCLUSIVE");
      statement.execute("PRAGMA cache_size=-" + Math.max(1, cacheBytes / 1024));
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    connection.setAutoCommit(false);
    return connection;
  }

  void entry(String key, byte[] value) throws IOException {
    bytes += value.length + ROW_OVERHEAD;
    if (++rows > limits.rows() || bytes > limits.databaseBytes()) {
      throw new FlistTooLargeException(
          "it takes more than %d bytes or %d directories and owners, the limits"
              .formatted(limits.databaseBytes(), limits.rows()));
    }
    try {
      insert.setString(1, key);
      insert.setBytes(2, value);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("tried to keep the entry " + key + " but " + e.getMessage(), e);
    }
  }

  void metadata(String key, String value) {
    String before = metadata.put(key, value);
    bytes += key.length() + value.length() + ROW_OVERHEAD;
    bytes -= before == null ? 0 : before.length();
  }

  /**
   * Creates the database of the flist from the rows, sorted by key, so that it is deterministic.
   */
  DatabaseFile image() throws IOException {
    DatabaseFile image =
        bytes <= inMemory / HEAP_PART ? DatabaseFile.inMemory() : DatabaseFile.inFile(workDir);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT key, value FROM staged ORDER BY key")) {
      while (rows.next()) {
        image.entry(rows.getString(1), rows.getBytes(2));
      }
      for (Map.Entry<String, String> row : metadata.entrySet()) {
        image.metadata(row.getKey(), row.getValue());
      }
      image.finish();
      return image;
    } catch (SQLException e) {
      image.close();
      throw new IOException("tried to write a flist but " + e.getMessage(), e);
    } catch (RuntimeException e) {
      image.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("tried to end the preparation of a flist but " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
