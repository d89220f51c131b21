package tf.grid.hub.catalogue.postgresql.connection;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import tf.grid.hub.catalogue.Catalogue.Step;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.Ticker;

/**
 * Transactions that are made once or not at all, and a lock of all names that every hub respects.
 * Thread-safe.
 */
public final class Database implements Closeable {

  /** Key of the advisory lock of all names: {@code hub} as a number. */
  private static final long NAMES = 0x687562;

  private static final int SOCKET_SECONDS = 60;

  private static final long CONNECT_MILLIS =
      Duration.ofSeconds(DatabaseSettings.CONNECT_SECONDS).plusMillis(500).toMillis();

  /**
   * Settings of a session. Each statement sees what was committed before it, which the protocol of
   * collections relies on. Waiting for a lock ends before that of the socket. The server notices
   * within a minute that a hub has vanished, and releases its locks.
   */
  private static final String SESSION =
      "SET default_transaction_isolation = 'read committed'; SET lock_timeout = '20s';"
          + " SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10;"
          + " SET tcp_keepalives_count = 3; SET tcp_user_timeout = '50s'";

  /** How long to ask for the outcome of a commit whose connection broke. */
  private static final Duration ASKING = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final DatabaseSettings settings;
  private final RepositoryQueues queues;
  private final ConnectionPool pool;

  /**
   * The connection of a thread that holds the lock of all names. Not static: a thread may use two
   * databases.
   */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Connection> holding = new ThreadLocal<>();

  /** The connection of a thread that has one: with two for some, others might get none. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Connection> using = new ThreadLocal<>();

  private Database(DatabaseSettings settings) {
    this.settings = settings;
    this.queues = new RepositoryQueues(settings.connections());
    this.pool =
        settings.pool("catalogue", settings.connections(), SOCKET_SECONDS, CONNECT_MILLIS, SESSION);
  }

  /**
   * Waits for the database and creates or updates its tables. Several hubs may do so at once.
   *
   * @throws UnusableDatabaseException if the database cannot be used
   */
  public static Database open(DatabaseSettings settings) throws UnusableDatabaseException {
    Schema.prepare(settings);
    return new Database(settings);
  }

  /**
   * Connections that do not belong to the pool, for threads that keep one.
   *
   * @param socketSeconds how long to wait for an answer
   */
  public DataSource ownConnections(int socketSeconds) {
    return settings.source(socketSeconds);
  }

  /** Gives a connection of {@link #ownConnections} the settings of a session, or closes it. */
  public static Connection prepared(Connection connection) throws SQLException {
    return ConnectionPool.prepared(connection, SESSION);
  }

  /** Opens a pool for short statements to the same database, which has its tables. */
  public QuickDatabase quick() {
    return new QuickDatabase(settings);
  }

  /** Names the database in a failure at the start. */
  public UnusableDatabaseException unusable(SQLException cause) {
    return new UnusableDatabaseException(settings, cause);
  }

  /**
   * Something that is done with a connection.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Work<T> {
    T with(Transaction transaction) throws IOException, SQLException;
  }

  /** Whether this thread is in a change, of which its questions are a part. */
  public boolean isChanging() {
    return using.get() != null;
  }

  /** Asks the database. */
  public <T> T ask(Question<T> question) throws IOException {
    Connection own = using.get();
    try {
      if (own != null) {
        return question.to(own);
      }
      try (Connection connection = pool.getConnection()) {
        return question.to(connection);
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** Asks in a transaction. Not for changes of the catalogue, whose outcome has to be found out. */
  public <T> T askAtomically(Question<T> question) throws IOException {
    return ask(
        connection -> {
          boolean committed = false;
          connection.setAutoCommit(false);
          try {
            T result = question.to(connection);
            connection.commit();
            committed = true;
            return result;
          } finally {
            end(connection, committed);
          }
        });
  }

  /**
   * Something that is read with a connection.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Question<T> {
    T to(Connection connection) throws IOException, SQLException;
  }

  /**
   * Makes a change in one transaction, when other changes of the repository are done.
   *
   * @param moving whether it renames, copies or deletes flists
   * @throws DatabaseException if nothing was changed because of the database
   * @throws OutcomeUnknownException if it may have been made
   * @throws tf.grid.hub.limit.TryAgainLaterException if others take too long
   * @throws IOException of the work; nothing was changed
   */
  public <T> T change(RepositoryName repository, boolean moving, Work<T> work) throws IOException {
    Connection held = holding.get();
    if (held != null) {
      return transaction(held, false, work).orElseThrow().result();
    }
    return inTurn(
        repository,
        () -> {
          try (Connection connection = pool.getConnection()) {
            using.set(connection);
            return transaction(connection, moving, work);
          } catch (SQLException e) {
            throw new DatabaseException(e);
          } finally {
            using.remove();
          }
        });
  }

  /** What was made: the result may be null. */
  private record Made<T>(T result) {}

  /**
   * Attempts a change until names need not stay. Waits for that without the turn, because other
   * changes of the repository go on.
   */
  private <T> T inTurn(RepositoryName repository, Step<Optional<Made<T>>> attempt)
      throws IOException {
    long end = Ticker.SYSTEM.nanos() + RepositoryQueues.PATIENCE.toNanos();
    while (Ticker.SYSTEM.nanos() - end < 0) {
      Optional<Made<T>> made = queues.in(repository, attempt);
      if (made.isPresent()) {
        return made.get().result();
      }
      queues.forNames(this::awaitNames);
    }
    throw RepositoryQueues.namesStay();
  }

  private boolean awaitNames() {
    try (Connection connection = pool.getConnection()) {
      lock(connection, "pg_advisory_lock_shared");
      unlock(connection);
      return true;
    } catch (SQLException e) {
      if (Transaction.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw RepositoryQueues.namesStay();
      }
      throw new DatabaseException(e);
    }
  }

  private <T> Optional<Made<T>> transaction(Connection connection, boolean moving, Work<T> work)
      throws IOException {
    Transaction transaction = new Transaction(connection, queues);
    boolean committing = false;
    try {
      connection.setAutoCommit(false);
      if (moving && !tryLock(connection, "pg_try_advisory_xact_lock_shared")) {
        return Optional.empty();
      }
      T result = work.with(transaction);
      String xid = transaction.finish();
      committing = true;
      commit(connection, transaction.id(), xid);
      return Optional.of(new Made<>(result));
    } catch (SQLException e) {
      throw new DatabaseException(e);
    } finally {
      end(connection, committing);
    }
  }

  private static void end(Connection connection, boolean committing) {
    try {
      if (!committing) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    } catch (SQLException broken) {
      // The pool replaces it, and the server rolls back.
      return;
    }
  }

  private void commit(Connection connection, UUID id, String xid) throws IOException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (!wasMade(id, xid, e)) {
        throw new DatabaseException(e);
      }
    }
  }

  /** Whether a transaction whose commit was not confirmed was made after all. */
  private boolean wasMade(UUID id, String xid, SQLException reason) throws IOException {
    long end = Ticker.SYSTEM.nanos() + ASKING.toNanos();
    while (Ticker.SYSTEM.nanos() - end < 0) {
      try (Connection other = pool.getConnection();
          PreparedStatement query =
              other.prepareStatement(
                  "SELECT pg_xact_status(?::xid8),"
                      + " EXISTS (SELECT FROM change_made WHERE id = ?)")) {
        query.setString(1, xid);
        query.setObject(2, id);
        try (ResultSet found = query.executeQuery()) {
          found.next();
          if (found.getBoolean(2)) {
            return true;
          }
          if ("aborted".equals(found.getString(1))) {
            return false;
          }
        }
      } catch (SQLException again) {
        reason.addSuppressed(again);
      }
      pause();
    }
    throw new OutcomeUnknownException(reason);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the database", e);
    }
  }

  /**
   * Makes a step that copies flists into a repository, when other changes of it are done.
   *
   * @throws tf.grid.hub.limit.TryAgainLaterException if others take too long
   */
  public <T> T moving(RepositoryName into, Step<T> step) throws IOException {
    if (holding.get() != null) {
      return step.make();
    }
    return inTurn(
        into,
        () -> {
          try (Connection connection = pool.getConnection()) {
            return tryLock(connection, "pg_try_advisory_lock_shared")
                ? Optional.of(new Made<>(holding(connection, step)))
                : Optional.empty();
          } catch (SQLException e) {
            throw new DatabaseException(e);
          }
        });
  }

  /**
   * Makes a step while no thread of any hub is in {@link #moving} or a change of names.
   *
   * @throws DatabaseException if the lock was lost before the step ended
   */
  public <T> T whileNamesStay(Step<T> step) throws IOException {
    if (holding.get() != null) {
      return step.make();
    }
    try (Connection connection = pool.getConnection()) {
      lock(connection, "pg_advisory_lock");
      return holding(
          connection,
          () -> {
            T result = step.make();
            probe(false);
            return result;
          });
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** Changes within the step use its connection, so they fail when the lock is lost with it. */
  private <T> T holding(Connection connection, Step<T> step) throws IOException {
    holding.set(connection);
    using.set(connection);
    try {
      return step.make();
    } finally {
      holding.remove();
      using.remove();
      unlock(connection);
    }
  }

  private void unlock(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock_all()");
    } catch (SQLException broken) {
      // The lock ends with the connection.
      pool.evict(connection);
    }
  }

  private static void lock(Connection connection, String function) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement("SELECT " + function + "(?)")) {
      call.setLong(1, NAMES);
      call.execute();
    }
  }

  private static boolean tryLock(Connection connection, String function) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement("SELECT " + function + "(?)")) {
      call.setLong(1, NAMES);
      try (ResultSet locked = call.executeQuery()) {
        return locked.next() && locked.getBoolean(1);
      }
    }
  }

  /**
   * Finds out whether the database answers.
   *
   * @param writing whether it must accept changes
   */
  public void probe(boolean writing) throws IOException {
    boolean standby =
        ask(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet found = statement.executeQuery("SELECT pg_is_in_recovery()")) {
                found.next();
                return found.getBoolean(1);
              }
            });
    if (writing && standby) {
      throw new IOException("the database accepts no changes");
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
