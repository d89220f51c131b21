package tf.grid.hub.catalogue.postgresql.account;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.function.Supplier;
import tf.grid.hub.catalogue.postgresql.connection.QuickDatabase;

/** What all hubs of a database have to know, made by the first that needs it. Thread-safe. */
public final class DatabaseSecrets {

  private final QuickDatabase database;

  public DatabaseSecrets(QuickDatabase database) {
    this.database = database;
  }

  /**
   * The secret with this name.
   *
   * @param maker makes one; used only if all hubs agree on it
   */
  public byte[] get(String name, Supplier<byte[]> maker) {
    byte[] own = maker.get();
    return database.run(
        connection -> {
          try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING");
              PreparedStatement query =
                  connection.prepareStatement("SELECT value FROM secret WHERE name = ?")) {
            insert.setString(1, name);
            insert.setBytes(2, own);
            insert.executeUpdate();
            query.setString(1, name);
            try (ResultSet found = query.executeQuery()) {
              found.next();
              return found.getBytes(1);
            }
          }
        });
  }
}
