package tf.grid.hub.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Opens SQLite databases and classifies their errors. */
final class Sqlite {
  /**
   * Start of a statement with a list parameter: {@code ?1} is a blob of items of equal length,
   * {@code ?2} their number (at least 1), and {@code n} has a row for each index. For thousands of
   * items, one such call takes a third of the time of separate calls.
   */
  static final String EACH =
      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2) ";

  private static final int WAIT_MS = 60_000;
  private static final String LOG_BYTES_KEPT = "16777216";

  private Sqlite() {}

  /**
   * Opens a database in WAL mode.
   *
   * @param cacheKib size of the connection's page cache in KiB
   */
  static Connection open(Path file, SQLiteConfig.SynchronousMode sync, int cacheKib)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(sync);
    config.setCacheSize(-cacheKib);
    config.setBusyTimeout(WAIT_MS);
    config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, LOG_BYTES_KEPT);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source.getConnection();
  }

  /** Deletes a database with its auxiliary files. */
  static void delete(Path file) throws IOException {
    for (String part : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
    }
  }

  /** Whether the file is not a database or is corrupt. */
  static boolean isDamaged(SQLException e) {
    return codeOf(e) == SQLiteErrorCode.SQLITE_CORRUPT
        || codeOf(e) == SQLiteErrorCode.SQLITE_NOTADB;
  }

  /** Whether the disk is full. */
  static boolean isFull(SQLException e) {
    return codeOf(e) == SQLiteErrorCode.SQLITE_FULL;
  }

  private static SQLiteErrorCode codeOf(SQLException e) {
    SQLiteErrorCode code =
        e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    // The low eight bits are the primary result code, the others a detail.
    return SQLiteErrorCode.getErrorCode(code.code & 0xff);
  }
}
