package tf.grid.hub.flist.file;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;

/**
 * The database of an untrusted flist: opened read-only, all pages checked, exactly the expected
 * tables, and no code in its schema is executed. Not thread-safe.
 */
final class FlistDatabase implements Closeable {
  /** Maximum size in bytes of a database that is opened in memory. */
  static final int IN_MEMORY = 4 << 20;

  /** The driver cannot set SQLite's defensive mode, but that concerns only writes. */
  private static final String[] DISTRUST = {
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA query_only=ON"
  };

  private static final String OTHER_OBJECTS =
      "SELECT count(*) FROM sqlite_schema WHERE NOT (type = 'table' AND name = tbl_name"
          + " AND name IN ('entries', 'metadata') AND ifnull(rootpage, 0) > 1)"
          + " AND NOT (type = 'index' AND tbl_name IN ('entries', 'metadata') AND sql IS NULL"
          + " AND name = 'sqlite_autoindex_' || tbl_name || '_1')";
  private static final String COLUMNS =
      "SELECT group_concat(name || pk || hidden, ' ') FROM pragma_table_xinfo(?)";
  private static final String EXPECTED_COLUMNS = "key10 value00";

  private final FlistLimits limits;
  private final SQLiteConnection connection;
  private final Path file;
  private PreparedStatement select;

  /**
   * Opens the database in an archive.
   *
   * @throws FlistRejectedException if it is not the database of a flist, or exceeds a limit
   */
  static FlistDatabase open(FlistUnpacker archive, Path workDir, FlistLimits limits, int inMemory)
      throws IOException {
    long size = archive.find();
    if (size > limits.databaseBytes()) {
      throw new FlistRejectedException(
          "The flist's database has "
              + size
              + " bytes, this hub accepts "
              + limits.databaseBytes());
    }
    FlistDatabase database =
        size <= inMemory
            ? fromMemory(archive, (int) size, limits)
            : fromFile(archive, Files.createTempFile(workDir, ".tmp-flist-", ".read"), limits);
    try {
      database.check();
      return database;
    } catch (SQLException e) {
      database.close();
      throw failure(e);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static FlistDatabase fromMemory(FlistUnpacker archive, int size, FlistLimits limits)
      throws IOException {
    ByteArrayOutputStream image = new ByteArrayOutputStream(size);
    archive.copyTo(image);
    byte[] bytes = image.toByteArray();
    DatabaseHeader.check(bytes, size);
    try {
      SQLiteConnection connection =
          JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties());
      try {
        connection.deserialize("main", bytes);
        return new FlistDatabase(connection, null, limits);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private static FlistDatabase fromFile(FlistUnpacker archive, Path file, FlistLimits limits)
      throws IOException {
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        archive.copyTo(out);
      }
      try (var in = Files.newInputStream(file)) {
        DatabaseHeader.check(in.readNBytes(DatabaseHeader.LENGTH), Files.size(file));
      }
      SQLiteConfig config = new SQLiteConfig();
      config.setReadOnly(true);
      return new FlistDatabase(
          JDBC.createConnection(JDBC.PREFIX + file, config.toProperties()), file, limits);
    } catch (SQLException e) {
      Files.deleteIfExists(file);
      throw failure(e);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private FlistDatabase(SQLiteConnection connection, Path file, FlistLimits limits) {
    this.connection = connection;
    this.file = file;
    this.limits = limits;
  }

  private void check() throws SQLException, IOException {
    connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, limits.valueBytes());
    try (Statement statement = connection.createStatement()) {
      for (String pragma : DISTRUST) {
        statement.execute(pragma);
      }
    }
    if (number(OTHER_OBJECTS) != 0) {
      throw new FlistRejectedException(
          "The flist's database has more in it than the tables entries and metadata.");
    }
    if (!"ok".equals(text("PRAGMA quick_check(1)"))) {
      throw new FlistRejectedException("The flist's database is damaged.");
    }
    checkTable("entries");
    if (hasMetadata()) {
      checkTable("metadata");
    }
    select = connection.prepareStatement("SELECT value FROM entries WHERE key = ?");
  }

  private boolean hasMetadata() throws SQLException {
    return number("SELECT count(*) FROM sqlite_schema WHERE name = 'metadata'") > 0;
  }

  private void checkTable(String table) throws SQLException, FlistRejectedException {
    try (PreparedStatement columns = connection.prepareStatement(COLUMNS)) {
      columns.setString(1, table);
      try (ResultSet row = columns.executeQuery()) {
        if (!EXPECTED_COLUMNS.equals(row.getString(1))) {
          throw new FlistRejectedException(
              "The flist's database has no table " + table + " with a primary key and a value.");
        }
      }
    }
    long rows = number("SELECT count(*) FROM " + table);
    if (rows > limits.rows()) {
      throw new FlistRejectedException(
          "The flist's table %s has %d rows, this hub accepts %d."
              .formatted(table, rows, limits.rows()));
    }
  }

  /** Returns the value of a key, or null. */
  byte[] value(String key) throws IOException {
    try {
      select.setString(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Returns all metadata; empty if the table is missing, as in old flists. */
  Map<String, String> metadata() throws IOException {
    Map<String, String> metadata = new TreeMap<>();
    try {
      if (!hasMetadata()) {
        return metadata;
      }
      long bytes = number("SELECT total(length(key) + length(value)) FROM metadata");
      if (bytes > limits.metadataBytes()) {
        throw new FlistRejectedException(
            "The flist has more metadata than this hub accepts, " + limits.metadataBytes());
      }
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT key, value FROM metadata")) {
        while (rows.next()) {
          if (rows.getString(1) == null || rows.getString(2) == null) {
            throw new FlistRejectedException("The flist has metadata without a key or value.");
          }
          metadata.put(rows.getString(1), rows.getString(2));
        }
      }
      return metadata;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  private String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }

  private static IOException failure(SQLException e) {
    if (e instanceof SQLiteException sqlite && isOurs(sqlite.getResultCode())) {
      return new IOException("tried to read a flist's database but " + e.getMessage(), e);
    }
    return new FlistRejectedException("The flist's database is damaged, or is no database.", e);
  }

  private static boolean isOurs(SQLiteErrorCode code) {
    SQLiteErrorCode primary = SQLiteErrorCode.getErrorCode(code.code & 0xff);
    return primary == SQLiteErrorCode.SQLITE_IOERR
        || primary == SQLiteErrorCode.SQLITE_FULL
        || primary == SQLiteErrorCode.SQLITE_CANTOPEN
        || primary == SQLiteErrorCode.SQLITE_NOMEM;
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    }
  }
}
