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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;

/**
 * A ledger in an SQLite database that only the owner of the file can read. Changes are on disk when
 * a method returns. Tokens that are good are also in memory. Thread-safe; methods that use the file
 * are serialized.
 */
public final class TokenFile implements TokenLedger {

  private static final System.Logger LOG = System.getLogger(TokenFile.class.getName());

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

  /** Tokens that are not revoked. Expired ones remain until the next purge. */
  private final Map<String, Use> live = new ConcurrentHashMap<>();

  /** Owner and expiry of a token, and the hour of its last use known to this process. */
  private static final class Use {
    private final AccountName owner;
    private final Instant expires;
    private volatile Instant hour = Instant.MIN;

    Use(AccountName owner, Instant expires) {
      this.owner = owner;
      this.expires = expires;
    }
  }

  private TokenFile(Path file, Connection connection, Runnable roomMaker) {
    this.file = file;
    this.connection = connection;
    this.roomMaker = roomMaker;
  }

  /**
   * Opens or creates the database.
   *
   * @param now tokens that have expired are deleted
   * @param roomMaker is run when the disk is full, before one more attempt
   * @throws TokenLedgerException if it is damaged or cannot be written
   */
  public static TokenFile open(Path file, Instant now, Runnable roomMaker) throws IOException {
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
      TokenFile ledger = new TokenFile(file, connection, roomMaker);
      ledger.purge(now);
      ledger.readLive(now);
      return ledger;
    } catch (SQLException e) {
      throw new TokenLedgerException(
          file
              + " cannot be used ("
              + e.getMessage()
              + "): make room or put it back, or remove it and all tokens become invalid",
          e);
    }
  }

  @Override
  public synchronized void add(IssuedToken issued) {
    TokenClaims token = issued.claims();
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
    live.put(token.id(), new Use(token.owner(), token.expires()));
  }

  @Override
  public synchronized boolean revoke(AccountName owner, String id, Instant now) {
    String sql = "UPDATE tokens SET revoked = ? WHERE id = ? AND owner = ? AND revoked IS NULL";
    boolean revoked = run(sql, now.getEpochSecond(), id, owner.value()) == 1;
    if (revoked) {
      live.remove(id);
    }
    return revoked;
  }

  @Override
  public synchronized int revokeAll(AccountName owner, Instant now) {
    String sql =
        "UPDATE tokens SET revoked = ? WHERE owner = ? AND revoked IS NULL AND expires > ?";
    int revoked = run(sql, now.getEpochSecond(), owner.value(), now.getEpochSecond());
    live.values().removeIf(use -> use.owner.equals(owner));
    return revoked;
  }

  @Override
  public boolean use(String text, Caller caller, Instant now) {
    String id = caller.getTokenID();
    Use use = live.get(id);
    if (use == null || !use.owner.equals(caller.account())) {
      return false;
    }
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    if (hour.isAfter(use.hour)) {
      use.hour = hour;
      note(id, hour);
    }
    return true;
  }

  /** Failures are ignored, because a full disk must not lock users out. */
  private synchronized void note(String id, Instant hour) {
    try {
      run("UPDATE tokens SET used = ? WHERE id = ?", hour.getEpochSecond(), id);
    } catch (TokenLedgerException e) {
      LOG.log(Level.WARNING, "could not record the use of a token: {0}", e.getMessage());
    }
  }

  @Override
  public synchronized void purge(Instant now) {
    run("DELETE FROM tokens WHERE expires <= ?", now.getEpochSecond());
    live.values().removeIf(use -> !now.isBefore(use.expires));
  }

  private void readLive(Instant now) throws SQLException {
    String sql = "SELECT * FROM tokens WHERE revoked IS NULL AND expires > ?";
    try (PreparedStatement select = prepared(sql, now.getEpochSecond());
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        TokenRecord token = token(rows);
        live.put(token.id(), new Use(token.owner(), token.expires()));
      }
    }
  }

  @Override
  public synchronized List<TokenRecord> of(AccountName owner, Instant now) {
    return select(
        "SELECT * FROM tokens WHERE owner = ? AND revoked IS NULL AND expires > ?"
            + " ORDER BY issued DESC, id",
        owner.value(),
        now.getEpochSecond());
  }

  /** All valid tokens. */
  public synchronized List<TokenRecord> all(Instant now) {
    return select(
        "SELECT * FROM tokens WHERE revoked IS NULL AND expires > ? ORDER BY id",
        now.getEpochSecond());
  }

  private List<TokenRecord> select(String sql, Object... values) {
    List<TokenRecord> tokens = new ArrayList<>();
    try (PreparedStatement select = prepared(sql, values);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tokens.add(token(rows));
      }
      return tokens;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /**
   * Makes others the valid tokens. Those that were revoked here remain so, and those that are
   * missing among the others are revoked.
   *
   * @return the number of tokens that were added
   */
  public synchronized int follow(Collection<TokenRecord> others, Instant now) {
    Set<String> good = others.stream().map(TokenRecord::id).collect(Collectors.toSet());
    int added = 0;
    for (TokenRecord token : others) {
      added +=
          run(
              "INSERT OR IGNORE INTO tokens (id, owner, label, scopes, repository, issued, expires,"
                  + " used) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              token.id(),
              token.owner().value(),
              token.label(),
              Scope.format(token.scopes()),
              token.repository().map(AccountName::value).orElse(null),
              token.issued().getEpochSecond(),
              token.expires().getEpochSecond(),
              token.used().map(Instant::getEpochSecond).orElse(null));
    }
    for (TokenRecord token : all(now)) {
      if (!good.contains(token.id())) {
        boolean unused = revoke(token.owner(), token.id(), now);
      }
    }
    return added;
  }

  @Override
  public synchronized int count(AccountName owner, Instant now) {
    String sql = "SELECT count(*) FROM tokens WHERE owner = ? AND revoked IS NULL AND expires > ?";
    try (PreparedStatement select = prepared(sql, owner.value(), now.getEpochSecond());
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void copyTo(Path copy) throws IOException {
    Files.createFile(copy, OWNER_ONLY);
    try (PreparedStatement statement = prepared("VACUUM INTO ?", copy.toString())) {
      statement.execute();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void probe() {
    if (!Files.isWritable(file)) {
      throw new TokenLedgerException(file + " is missing or cannot be written", null);
    }
    // Locks the file for a change without making one.
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
  public synchronized void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(file + " was not closed", e);
    }
  }
}
