package tf.grid.hub.catalogue.postgresql.connection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import tf.grid.hub.catalogue.name.RepositoryName;

/** A transaction that changes the catalogue. For one thread. */
public final class Transaction {

  /** The channel on which all hubs listen. */
  public static final String CHANNEL = "hub_catalogue";

  /** A moment in a statement, as a parameter in microseconds since the epoch. */
  public static final String TIME = "timestamptz 'epoch' + ? * interval '1 microsecond'";

  /** First key of the advisory locks of repositories: {@code repo} as a number. */
  private static final int REPOSITORIES = 0x7265706f;

  static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;
  private final RepositoryQueues queues;
  private final UUID id = UUID.randomUUID();

  /** The changed repositories, with the time that they get if it is not that of the change. */
  private final Map<RepositoryName, OptionalLong> changed = new HashMap<>();

  Transaction(Connection connection, RepositoryQueues queues) {
    this.connection = connection;
    this.queues = queues;
  }

  UUID id() {
    return id;
  }

  public Connection connection() {
    return connection;
  }

  /**
   * Keeps others from changing a repository until the end; at most one in a transaction, so that
   * none wait for each other. The repository need not exist. The server ends the transaction of a
   * hub that stops in the middle.
   *
   * @throws tf.grid.hub.limit.TryAgainLaterException if another hub changes the repository, for too
   *     long or while too many wait
   */
  public void lock(RepositoryName repository) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = '15s'");
    }
    if (tryLock(repository)) {
      return;
    }
    if (!queues.mayWait()) {
      throw RepositoryQueues.busy();
    }
    try (PreparedStatement lock = statement("pg_advisory_xact_lock", repository)) {
      lock.execute();
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw RepositoryQueues.busy();
      }
      throw e;
    } finally {
      queues.waited();
    }
  }

  private boolean tryLock(RepositoryName repository) throws SQLException {
    try (PreparedStatement lock = statement("pg_try_advisory_xact_lock", repository);
        ResultSet locked = lock.executeQuery()) {
      return locked.next() && locked.getBoolean(1);
    }
  }

  private PreparedStatement statement(String function, RepositoryName repository)
      throws SQLException {
    PreparedStatement lock = connection.prepareStatement("SELECT " + function + "(?, hashtext(?))");
    lock.setInt(1, REPOSITORIES);
    lock.setString(2, repository.value());
    return lock;
  }

  public boolean contains(RepositoryName repository) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT FROM repository WHERE name = ?")) {
      query.setString(1, repository.value());
      try (ResultSet found = query.executeQuery()) {
        return found.next();
      }
    }
  }

  /** Creates a repository unless it exists. */
  public void make(RepositoryName repository) throws SQLException {
    update("INSERT INTO repository (name) VALUES (?) ON CONFLICT DO NOTHING", repository.value());
    changed.put(repository, OptionalLong.empty());
  }

  /**
   * Creates a repository with this time unless it exists. The time of one that exists is not set
   * back.
   *
   * @param modified in microseconds
   */
  public void make(RepositoryName repository, long modified) throws SQLException {
    update(
        "INSERT INTO repository (name, modified) VALUES (?, " + TIME + ") ON CONFLICT DO NOTHING",
        repository.value(),
        modified);
    changed.put(repository, OptionalLong.of(modified));
  }

  /** Notes that a repository was changed. */
  public void changed(RepositoryName repository) {
    changed.put(repository, OptionalLong.empty());
  }

  /** Executes a statement, and returns the number of rows. */
  public int update(String sql, Object... values) throws SQLException {
    return QuickDatabase.update(connection, sql, values);
  }

  /**
   * Numbers the change, last of all because other changes wait for the number.
   *
   * @return the id of the transaction in the database
   */
  String finish() throws SQLException {
    update("INSERT INTO change_made (id) VALUES (?)", id);
    try (Statement statement = connection.createStatement()) {
      long number;
      String xid;
      try (ResultSet next =
          statement.executeQuery(
              "UPDATE catalogue_change SET number = number + 1"
                  + " RETURNING number, pg_current_xact_id()::text")) {
        next.next();
        number = next.getLong(1);
        xid = next.getString(2);
      }
      for (Map.Entry<RepositoryName, OptionalLong> repository : changed.entrySet()) {
        number(repository.getKey(), number, repository.getValue());
      }
      // Only one transaction at a time gets here.
      statement.execute("DELETE FROM change_made WHERE made < now() - interval '1 day'");
      statement.execute("NOTIFY " + CHANNEL);
      return xid;
    }
  }

  private void number(RepositoryName repository, long number, OptionalLong modified)
      throws SQLException {
    if (modified.isPresent()) {
      update(
          "UPDATE repository SET changed = ?, modified = greatest(modified, "
              + TIME
              + ") WHERE name = ?",
          number,
          modified.getAsLong(),
          repository.value());
    } else {
      update(
          "UPDATE repository SET changed = ?, modified = clock_timestamp() WHERE name = ?",
          number,
          repository.value());
    }
  }
}
