package tf.grid.hub.catalogue.postgresql.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static tf.grid.hub.catalogue.postgresql.connection.QuickDatabase.bind;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.TokenClaims;
import tf.grid.hub.account.token.TokenLedger;
import tf.grid.hub.account.token.TokenRecord;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;
import tf.grid.hub.http.file.Sha256;

/**
 * The ledger of all hubs. A token is good if the database has its digest; that was so at most half
 * a second ago. The digest covers a random part that is kept nowhere, so who can read the database,
 * and with it the signing key, cannot make a token. Of a token that was imported, the digest is not
 * known until it is used for the first time. Thread-safe.
 */
public final class DatabaseTokens implements TokenLedger {

  /** How long a token may be used at other hubs after it was revoked. */
  private static final Duration KNOWN = Duration.ofMillis(500);

  private static final int MOST_KNOWN = 10_000;

  static final String COLUMNS = "id, owner, label, scopes, repository, issued, expires, used";

  private final QuickDatabase database;

  /** Owners of good tokens by digest. */
  private final Cache<ByteBuffer, AccountName> known =
      Caffeine.newBuilder().expireAfterWrite(KNOWN).maximumSize(MOST_KNOWN).build();

  public DatabaseTokens(QuickDatabase database) {
    this.database = database;
  }

  @Override
  public void add(IssuedToken token) {
    TokenClaims claims = token.claims();
    var unused =
        database.update(
            "INSERT INTO token (digest, id, owner, label, scopes, repository, issued, expires)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            digest(token.text()),
            claims.id(),
            claims.owner().value(),
            encodable(claims.label()),
            Scope.format(claims.scopes()),
            claims.repository().map(AccountName::value).orElse(null),
            Timestamp.from(claims.issued()),
            Timestamp.from(claims.expires()));
  }

  /** The values of {@link #COLUMNS}. */
  static Object[] values(TokenRecord token) {
    return new Object[] {
      token.id(),
      token.owner().value(),
      encodable(token.label()),
      Scope.format(token.scopes()),
      token.repository().map(AccountName::value).orElse(null),
      Timestamp.from(token.issued()),
      Timestamp.from(token.expires()),
      token.used().map(Timestamp::from).orElse(null)
    };
  }

  /** Halves of surrogate pairs, which the database refuses, become question marks. */
  private static String encodable(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  private static byte[] digest(String text) {
    return Sha256.start().digest(text.getBytes(UTF_8));
  }

  @Override
  public boolean revoke(AccountName owner, String id, Instant now) {
    int revoked =
        database.update("DELETE FROM token WHERE id = ? AND owner = ?", id, owner.value());
    known.invalidateAll();
    return revoked == 1;
  }

  @Override
  public int revokeAll(AccountName owner, Instant now) {
    int revoked =
        database.run(
            connection -> {
              int count = count(connection, owner, now);
              QuickDatabase.update(connection, "DELETE FROM token WHERE owner = ?", owner.value());
              return count;
            });
    known.invalidateAll();
    return revoked;
  }

  @Override
  public boolean use(String text, Caller caller, Instant now) {
    byte[] digest = digest(text);
    AccountName owner =
        known.get(
            ByteBuffer.wrap(digest),
            key -> owner(digest, caller.getTokenID(), now.truncatedTo(ChronoUnit.HOURS)));
    return caller.account().equals(owner);
  }

  /** The owner of a token, whose use in this hour is noted; null if it is not good. */
  private AccountName owner(byte[] digest, String id, Instant hour) {
    return database.run(
        connection -> {
          AccountName owner = owner(connection, digest, id, hour);
          boolean first =
              owner == null
                  && QuickDatabase.update(
                          connection,
                          "UPDATE token SET digest = ? WHERE id = ? AND digest IS NULL",
                          digest,
                          id)
                      > 0;
          return first ? owner(connection, digest, id, hour) : owner;
        });
  }

  private static AccountName owner(Connection connection, byte[] digest, String id, Instant hour)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT owner, coalesce(used < ?, true) FROM token WHERE id = ? AND digest = ?")) {
      bind(query, Timestamp.from(hour), id, digest);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          return null;
        }
        if (found.getBoolean(2)) {
          QuickDatabase.update(
              connection, "UPDATE token SET used = ? WHERE id = ?", Timestamp.from(hour), id);
        }
        return new AccountName(found.getString(1));
      }
    }
  }

  /** Only what has expired by the clock of the database too, in case that of this hub is wrong. */
  @Override
  public void purge(Instant now) {
    var unused =
        database.update("DELETE FROM token WHERE expires <= least(?, now())", Timestamp.from(now));
  }

  @Override
  public List<TokenRecord> of(AccountName owner, Instant now) {
    return database.run(
        connection -> {
          List<TokenRecord> tokens = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT "
                      + COLUMNS
                      + " FROM token WHERE owner = ? AND expires > ? ORDER BY issued DESC, id")) {
            bind(query, owner.value(), Timestamp.from(now));
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                tokens.add(token(row));
              }
            }
          }
          return tokens;
        });
  }

  static TokenRecord token(ResultSet row) throws SQLException {
    return new TokenRecord(
        row.getString(1),
        new AccountName(row.getString(2)),
        row.getString(3),
        Scope.parse(row.getString(4)),
        Optional.ofNullable(row.getString(5)).map(AccountName::new),
        row.getTimestamp(6).toInstant(),
        row.getTimestamp(7).toInstant(),
        Optional.ofNullable(row.getTimestamp(8)).map(Timestamp::toInstant));
  }

  @Override
  public int count(AccountName owner, Instant now) {
    return database.run(connection -> count(connection, owner, now));
  }

  private static int count(Connection connection, AccountName owner, Instant now)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM token WHERE owner = ? AND expires > ?")) {
      bind(query, owner.value(), Timestamp.from(now));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }

  @Override
  public void copyTo(Path copy) {
    throw new UnsupportedOperationException("a backup of the database has the tokens");
  }

  @Override
  public void probe() {
    var unused = database.update("DELETE FROM token WHERE id = ''");
  }

  /** The database belongs to others. */
  @Override
  public void close() {
    known.invalidateAll();
  }
}
