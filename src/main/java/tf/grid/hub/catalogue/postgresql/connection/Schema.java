package tf.grid.hub.catalogue.postgresql.connection;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import tf.grid.hub.limit.Ticker;

/** Waits for the database at the start, and creates or updates its tables. */
final class Schema {

  private static final System.Logger LOG = System.getLogger(Schema.class.getName());

  /** Says a dozen lines at each start; held here because loggers are collected. */
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private static final String LOCATION = "classpath:tf/grid/hub/catalogue/postgresql";

  private static final int SOCKET_SECONDS = 10;

  /** Flyway needs several connections, and the pool may have only one. */
  private static final int UPDATE_SECONDS = 60;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Classes of SQLSTATE that do not pass by waiting: wrong password, no such database. */
  private static final Set<String> LASTING = Set.of("28", "3D");

  private Schema() {}

  /**
   * Makes the database usable. Several hubs may do so at once.
   *
   * @throws UnusableDatabaseException if it does not answer in time or refuses the hub
   */
  static void prepare(DatabaseSettings settings) throws UnusableDatabaseException {
    LOG.log(Level.INFO, "waiting for the database {0}", settings);
    try {
      await(settings);
      FLYWAY.setLevel(java.util.logging.Level.WARNING);
      var unused =
          Flyway.configure(Schema.class.getClassLoader())
              .dataSource(settings.source(UPDATE_SECONDS))
              .locations(LOCATION)
              .ignoreMigrationPatterns(new String[0]) // Tables of a newer hub are refused.
              .load()
              .migrate();
    } catch (SQLException | FlywayException e) {
      throw new UnusableDatabaseException(settings, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableDatabaseException(settings, e);
    }
  }

  private static void await(DatabaseSettings settings) throws SQLException, InterruptedException {
    long end = Ticker.SYSTEM.nanos() + settings.startup().toNanos();
    while (true) {
      try (Connection connection = settings.source(SOCKET_SECONDS).getConnection()) {
        LOG.log(Level.DEBUG, "the database answers as {0}", connection);
        return;
      } catch (SQLException e) {
        if (isLasting(e) || Ticker.SYSTEM.nanos() - end >= 0) {
          throw e;
        }
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private static boolean isLasting(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && state.length() == 5 && LASTING.contains(state.substring(0, 2));
  }
}
