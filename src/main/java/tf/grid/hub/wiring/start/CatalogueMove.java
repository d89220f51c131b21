package tf.grid.hub.wiring.start;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import tf.grid.hub.account.token.SigningKey.SigningKeyException;
import tf.grid.hub.catalogue.directory.UsersDirectory;
import tf.grid.hub.catalogue.postgresql.account.MovedTokens;
import tf.grid.hub.catalogue.postgresql.background.DatabaseGroup;
import tf.grid.hub.catalogue.postgresql.background.GroupSettings;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.shared.HubGroup;
import tf.grid.hub.catalogue.shared.HubGroup.Work;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.catalogue.transfer.CatalogueExport;
import tf.grid.hub.catalogue.transfer.CatalogueImport;
import tf.grid.hub.catalogue.transfer.MoveReport;
import tf.grid.hub.catalogue.transfer.TokenMove;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.HubConfiguration.Directories;
import tf.grid.hub.wiring.producer.AccountProducer;
import tf.grid.hub.wiring.property.SettingException;

/**
 * Copies the catalogue from the directory into the database or back, where the launcher asks for it
 * instead of a running hub. The launcher prints the outcome, and ends.
 */
final class CatalogueMove {

  private static final System.Logger LOG = System.getLogger(CatalogueMove.class.getName());

  /** System properties that pass the wish and the outcome, across class loaders. */
  private static final String ASKED = "tf.grid.hub.move";

  private static final String REPLACE = "tf.grid.hub.move.replace";
  private static final String OUTCOME = "tf.grid.hub.move.outcome";
  private static final String COMPLETE = "tf.grid.hub.move.complete";

  private static final int WORK_SECONDS = 60;

  private final HubConfiguration hub;
  private final Clock clock;
  private final MoveReport report = new MoveReport(line -> LOG.log(Level.INFO, line));

  private CatalogueMove(HubConfiguration hub, Clock clock) {
    this.hub = hub;
    this.clock = clock;
  }

  /** Whether this process is to copy the catalogue and nothing else. */
  static boolean isAsked() {
    return System.getProperty(ASKED) != null;
  }

  /** Copies the catalogue and leaves the outcome to the launcher. */
  static void run(HubConfiguration hub, Clock clock) {
    try {
      CatalogueMove move = new CatalogueMove(hub, clock);
      move.run();
      System.setProperty(OUTCOME, String.join("\n", move.report.summary()));
      System.setProperty(COMPLETE, Boolean.toString(move.report.isComplete()));
    } catch (IOException | SigningKeyException | RuntimeException e) {
      LOG.log(Level.DEBUG, "the move ended", e);
      System.setProperty(
          OUTCOME, "Not everything was copied: " + StartFailure.reason(e) + "\nStart it again.");
      System.setProperty(COMPLETE, "false");
    }
  }

  private void run() throws IOException, SigningKeyException {
    if (!hub.catalogue().hasDatabase()) {
      throw SettingException.of("hub.database.url", "", "the address of the database");
    }
    boolean replace = Boolean.getBoolean(REPLACE);
    Directories directories = hub.directories();
    Path published = directories.published();
    UsersDirectory users =
        new UsersDirectory(
            published.resolve("users"),
            Stream.concat(Stream.of(published), directories.links().stream()).toList());
    try (Database database = Database.open(hub.catalogue().database())) {
      TokenMove tokens =
          new TokenMove(
              directories.data().resolve(AccountProducer.KEY_FILE),
              directories.data().resolve(AccountProducer.LEDGER_FILE),
              new MovedTokens(database, AccountProducer.KEY_NAME),
              clock.instant(),
              report);
      if (System.getProperty(ASKED).equals("import")) {
        if (!Files.isDirectory(users.root())) {
          throw new NoSuchFileException(users.root().toString());
        }
        try (Turn turn = withoutCollections(database)) {
          new CatalogueImport(users, database, replace, report).run();
          turn.check();
        }
        tokens.toDatabase();
      } else {
        new CatalogueExport(users, database, replace, report).run();
        tokens.toDirectory();
      }
    }
  }

  /** A collection that has read all flists would delete the chunks of those that are added. */
  private Turn withoutCollections(Database database) throws IOException {
    HubGroup group =
        new DatabaseGroup(
            database,
            database.ownConnections(WORK_SECONDS),
            GroupSettings.of("an import", hub.collection().grace()),
            Ticker.SYSTEM);
    return group.begin(Work.COLLECTION, Duration.ZERO);
  }
}
