package tf.grid.hub.catalogue.postgresql.background;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import tf.grid.hub.catalogue.postgresql.connection.Database;
import tf.grid.hub.catalogue.postgresql.connection.DatabaseException;
import tf.grid.hub.catalogue.shared.FrozenFlists;
import tf.grid.hub.catalogue.shared.HubGroup;
import tf.grid.hub.catalogue.shared.SharedCollection;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.lease.SharedUses;

/** The hubs with one database. Thread-safe. */
public final class DatabaseGroup implements HubGroup {

  /** How long to wait for what is being published, and for copies. */
  private static final Duration LONGEST_CHANGE = Duration.ofMinutes(10);

  private final Database database;
  private final DataSource source;
  private final GroupSettings settings;
  private final Ticker ticker;
  private final ClaimedChunks uses;

  /**
   * Creates the view of one hub.
   *
   * @param database for short transactions
   * @param source for connections that are used for the duration of some work
   */
  public DatabaseGroup(
      Database database, DataSource source, GroupSettings settings, Ticker ticker) {
    this.database = database;
    this.source = source;
    this.settings = settings;
    this.ticker = ticker;
    this.uses = new ClaimedChunks(database, settings, ticker);
  }

  @Override
  public SharedUses uses() {
    return uses;
  }

  private Connection connection() throws SQLException {
    return Database.prepared(source.getConnection());
  }

  @Override
  public Turn begin(Work work, Duration pause) throws IOException {
    try {
      return DatabaseTurn.begin(connection(), work, settings, pause);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  @Override
  public void refuseElsewhere(Work work) throws IOException {
    try (Connection connection = connection()) {
      DatabaseTurn.refuseElsewhere(connection, work, settings);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** What is published later takes its chunks off the list before it gets its name. */
  @Override
  public SharedCollection collection(Turn turn, boolean dryRun) throws IOException {
    try (Connection connection = connection()) {
      DatabaseTurn.awaitWriters(
          connection,
          LONGEST_CHANGE,
          time -> {
            turn.check();
            pause(time);
          });
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
    return new DatabaseCollection(database, settings, ticker, turn, dryRun, this::flists);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A copy that has been read and not written yet would be in no snapshot. */
  @Override
  public FrozenFlists flists() throws IOException {
    return database.whileNamesStay(
        () -> {
          try {
            return new FrozenRows(connection());
          } catch (SQLException e) {
            throw new DatabaseException(e);
          }
        });
  }
}
