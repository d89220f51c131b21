package tf.grid.hub.flist.file;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;

/**
 * The database of a flist while it is created, in memory or in a file, with identical bytes. Not
 * thread-safe.
 */
final class DatabaseFile implements Closeable {
  private static final int FILE_CACHE = 8 << 20;

  /** Written as the SQLite version, so that an update of the library does not change the output. */
  private static final int WRITTEN_BY = 3_040_001;

  private final Path file;
  private final SQLiteConnection connection;
  private final PreparedStatement entry;
  private final PreparedStatement metadata;
  private byte[] bytes;

  static DatabaseFile inMemory() throws IOException {
    try {
      return new DatabaseFile(null, FlistStaging.open(":memory:", 0));
    } catch (SQLException e) {
      throw new IOException("tried to begin a database in memory but " + e.getMessage(), e);
    }
  }

  static DatabaseFile inFile(Path workDir) throws IOException {
    Path file = Files.createTempFile(workDir, ".tmp-flist-", ".sqlite3");
    try {
      return new DatabaseFile(file, FlistStaging.open(file.toString(), FILE_CACHE));
    } catch (SQLException e) {
      Files.deleteIfExists(file);
      throw new IOException("tried to begin a database in " + file + " but " + e.getMessage(), e);
    }
  }

  private DatabaseFile(Path file, SQLiteConnection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE entries (key VARCHAR(64) PRIMARY KEY, value BLOB)");
      statement.execute("CREATE TABLE metadata (key VARCHAR(64) PRIMARY KEY, value TEXT)");
      entry = connection.prepareStatement("INSERT INTO entries VALUES (?, ?)");
      metadata = connection.prepareStatement("INSERT INTO metadata VALUES (?, ?)");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  void entry(String key, byte[] value) throws SQLException {
    entry.setString(1, key);
    entry.setBytes(2, value);
    entry.executeUpdate();
  }

  void metadata(String key, String value) throws SQLException {
    metadata.setString(1, key);
    metadata.setString(2, value);
    metadata.executeUpdate();
  }

  /** Finishes writing; then the file can be read. */
  void finish() throws SQLException {
    connection.commit();
    if (file == null) {
      bytes = connection.serialize("main");
    }
    connection.close();
  }

  long length() throws IOException {
    return file == null ? bytes.length : Files.size(file);
  }

  /** Writes the file, with a fixed change counter, so that the output is deterministic. */
  void copyTo(OutputStream out) throws IOException {
    try (InputStream in =
        file == null ? new ByteArrayInputStream(bytes) : Files.newInputStream(file)) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(DatabaseHeader.LENGTH));
      header.putInt(DatabaseHeader.CHANGE_COUNTER, 1);
      header.putInt(DatabaseHeader.VALID_FOR, 1);
      header.putInt(DatabaseHeader.VERSION, WRITTEN_BY);
      out.write(header.array());
      in.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("tried to close a database but " + e.getMessage(), e);
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }
}
