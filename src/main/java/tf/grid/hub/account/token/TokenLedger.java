package tf.grid.hub.account.token;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Scope;
import tf.grid.hub.problem.Problem;

/**
 * The database of all tokens that have not expired, in a file that only its owner can read. Changes
 * are on disk when a method returns. Thread-safe; methods are serialized.
 */
public final class TokenLedger implements AutoCloseable {

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS tokens (id TEXT PRIMARY KEY, owner TEXT NOT NULL,"
          + " label TEXT NOT NULL, scopes TEXT NOT NULL, repository TEXT, issued INTEGER NOT NULL,"
          + " expires INTEGER NOT NULL, used INTEGER, revoked INTEGER) STRICT, WITHOUT ROWID";
  private static final String BY_OWNER =
      "CREATE INDEX IF NOT EXISTS tokens_by_owner ON tokens (owner)";
  private static final String[] SAFE = {
    "PRAGMA busy_timeout=5000",
    "PRAGMA journal_mode=DELETE",
    // Also syncs the directory, so that a power failure cannot restore a revoked token.
    "PRAGMA synchronous=EXTRA",
    "PRAGMA secure_delete=ON"
  };

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final Connection connection;
  private final Runnable roomMaker;

  private TokenLedger(Path file, Connection connection, Runnable roomMaker) {
    this.file = file;
    this.connection = connection;
    this.roomMaker = roomMaker;
  }

  /**
   * Opens or creates the database.
   *
   * @param roomMaker is run when the disk is full, before one more attempt
   * @throws TokenLedgerException if it is damaged or cannot be written
   */
  static TokenLedger open(Path file, Runnable roomMaker) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      Files.createFile(file, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      // The column exists since an earlier start.
    }
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    try {
      Connection connection = source.getConnection();
      try (Statement statement = connection.createStatement()) {
        for (String pragma : SAFE) {
          statement.execute(pragma);
        }
        statement.execute(TABLE);
        statement.execute(BY_OWNER);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return new TokenLedger(file, connection, roomMaker);
    } catch (SQLException e) {
      throw new TokenLedgerException(
          file
              + " cannot be used ("
              + e.getMessage()
              + "): make room or put it back, or remove it and all tokens become invalid",
          e);
    }
  }

  synchronized void add(TokenClaims token) {
    String sql =
        "INSERT INTO tokens (id, owner, label, scopes, repository, issued, expires)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    run(
        sql,
        token.id(),
        token.owner().value(),
        token.label(),
        Scope.format(token.scopes()),
        token.repository().map(AccountName::value).orElse(null),
        token.issued().getEpochSecond(),
        token.expires().getEpochSecond());
  }

  /**
   * Revokes a token permanently.
   *
   * @return whether the owner had this token and it was not revoked before
   */
  synchronized boolean revoke(AccountName owner, String id, Instant now) {
    String sql = "UPDATE tokens SET revoked = ? WHERE id = ? AND owner = ? AND revoked IS NULL";
    return run(sql, now.getEpochSecond(), id, owner.value()) == 1;
  }

  /**
   * Revokes all tokens of a user permanently.
   *
   * @return the number of valid tokens that were revoked
   */
  synchronized int revokeAll(AccountName owner, Instant now) {
    String sql =
        "UPDATE tokens SET revoked = ? WHERE owner = ? AND revoked IS NULL AND expires > ?";
    return run(sql, now.getEpochSecond(), owner.value(), now.getEpochSecond());
  }

  synchronized void used(String id, Instant when) {
    run("UPDATE tokens SET used = ? WHERE id = ?", when.getEpochSecond(), id);
  }

  /** Deletes tokens that had expired at this time. */
  synchronized void purge(Instant now) {
    run("DELETE FROM tokens WHERE expires <= ?", now.getEpochSecond());
  }

  /** Returns all valid tokens. */
  synchronized List<TokenRecord> live(Instant now) {
    List<TokenRecord> live = new ArrayList<>();
    String sql = "SELECT * FROM tokens WHERE revoked IS NULL AND expires > ?";
    try (PreparedStatement select = prepared(sql, now.getEpochSecond());
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        live.add(token(rows));
      }
      return live;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Returns the valid tokens of a user, newest first. */
  synchronized List<TokenRecord> of(AccountName owner, Instant now) {
    String sql =
        "SELECT * FROM tokens WHERE owner = ? AND revoked IS NULL AND expires > ?"
            + " ORDER BY issued DESC, id";
    List<TokenRecord> tokens = new ArrayList<>();
    try (PreparedStatement select = prepared(sql, owner.value(), now.getEpochSecond());
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tokens.add(token(rows));
      }
      return tokens;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Returns the number of valid tokens of a user. */
  synchronized int count(AccountName owner, Instant now) {
    String sql = "SELECT count(*) FROM tokens WHERE owner = ? AND revoked IS NULL AND expires > ?";
    try (PreparedStatement select = prepared(sql, owner.value(), now.getEpochSecond());
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  synchronized void copyTo(Path copy) throws IOException {
    Files.createFile(copy, OWNER_ONLY);
    try (PreparedStatement statement = prepared("VACUUM INTO ?", copy.toString())) {
      statement.execute();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Reads, and locks the file for a change without making one. */
  synchronized void probe() {
    if (!Files.isWritable(file)) {
      throw new TokenLedgerException(file + " is missing or cannot be written", null);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try (ResultSet row = statement.executeQuery("SELECT 1 FROM tokens LIMIT 1")) {
        row.next();
      } finally {
        statement.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static TokenRecord token(ResultSet row) throws SQLException {
    long used = row.getLong("used");
    Optional<Instant> lastUse =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(used));
    return new TokenRecord(
        row.getString("id"),
        new AccountName(row.getString("owner")),
        row.getString("label"),
        Scope.parse(row.getString("scopes")),
        Optional.ofNullable(row.getString("repository")).map(AccountName::new),
        Instant.ofEpochSecond(row.getLong("issued")),
        Instant.ofEpochSecond(row.getLong("expires")),
        lastUse);
  }

  private int run(String sql, Object... values) {
    try {
      try {
        return execute(sql, values);
      } catch (SQLException e) {
        if (!isFull(e)) {
          throw e;
        }
        roomMaker.run();
        return execute(sql, values);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private int execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  private static boolean isFull(SQLException e) {
    return e instanceof SQLiteException failure
        && (failure.getResultCode() == SQLiteErrorCode.SQLITE_FULL
            || failure.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_WRITE);
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private TokenLedgerException failed(SQLException cause) {
    return new TokenLedgerException(file + " failed: " + cause.getMessage(), cause);
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }

  /** The token file cannot be read or written. The message is for the operator. */
  public static final class TokenLedgerException extends RuntimeException implements Problem {
    private static final long serialVersionUID = 1;

    private static final Duration PAUSE = Duration.ofSeconds(60);

    TokenLedgerException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String publicMessage() {
      return "the hub cannot write down tokens at the moment, tell its operator";
    }

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.of(PAUSE);
    }

    @Override
    public void logTo(System.Logger log) {
      log.log(Level.ERROR, "tokens: {0}", getMessage());
    }
  }
}
