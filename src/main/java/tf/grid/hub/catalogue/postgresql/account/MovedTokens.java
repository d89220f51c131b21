package tf.grid.hub.catalogue.postgresql.account;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.account.token.TokenRecord;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;

/** Takes over the tokens of a hub with a directory, and gives all tokens back. Thread-safe. */
public final class MovedTokens {

  private static final String KEY = "SELECT value FROM secret WHERE name = ?";

  private final Database database;
  private final String keyName;

  /**
   * Moves tokens.
   *
   * @param keyName name of the secret that signs tokens
   */
  public MovedTokens(Database database, String keyName) {
    this.database = database;
    this.keyName = keyName;
  }

  /** The key that signs tokens, if there is one. */
  public Optional<byte[]> key() throws IOException {
    return database.ask(
        connection -> {
          try (PreparedStatement query = connection.prepareStatement(KEY)) {
            query.setString(1, keyName);
            try (ResultSet found = query.executeQuery()) {
              return found.next() ? Optional.of(found.getBytes(1)) : Optional.empty();
            }
          }
        });
  }

  /**
   * Adds a key and the tokens that it has signed, all or none. Only once: a token that is revoked
   * afterwards does not come back.
   *
   * @return whether the database had no key before; otherwise nothing was added
   */
  public boolean takeOver(byte[] key, Collection<TokenRecord> tokens) throws IOException {
    return database.askAtomically(
        connection -> {
          boolean added = addKey(connection, key);
          if (added) {
            add(connection, tokens);
          }
          return added;
        });
  }

  private boolean addKey(Connection connection, byte[] key) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, keyName);
      insert.setBytes(2, key);
      return insert.executeUpdate() > 0;
    }
  }

  private static void add(Connection connection, Collection<TokenRecord> tokens)
      throws SQLException {
    for (TokenRecord token : tokens) {
      int unused =
          QuickDatabase.update(
              connection,
              "INSERT INTO token (" + DatabaseTokens.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              DatabaseTokens.values(token));
    }
  }

  /** All valid tokens. */
  public List<TokenRecord> all(Instant now) throws IOException {
    return database.ask(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT " + DatabaseTokens.COLUMNS + " FROM token WHERE expires > ?")) {
            query.setTimestamp(1, Timestamp.from(now));
            List<TokenRecord> tokens = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                tokens.add(DatabaseTokens.token(row));
              }
            }
            return tokens;
          }
        });
  }
}
