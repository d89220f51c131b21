package tf.grid.hub.catalogue.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import tf.grid.hub.catalogue.directory.UsersDirectory;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseSettings;

/** Moves a catalogue again and again, and is killed while it does. */
final class MoveUntilKilled {

  private MoveUntilKilled() {}

  /**
   * Moves.
   *
   * @param args {@code import} or {@code export}, the public directory, the address of the database
   */
  public static void main(String[] args) throws Exception {
    Path published = Path.of(args[1]);
    DatabaseSettings settings =
        new DatabaseSettings(args[2], PostgresqlServer.USER, "", 2, Duration.ofMinutes(1));
    try (Database database = Database.open(settings)) {
      while (true) {
        move(args[0], MovableTree.users(published), database);
      }
    }
  }

  private static void move(String direction, UsersDirectory users, Database database)
      throws IOException {
    MoveReport report = new MoveReport(System.out::println);
    if (direction.equals("import")) {
      new CatalogueImport(users, database, false, report).run();
    } else {
      new CatalogueExport(users, database, false, report).run();
    }
  }
}
