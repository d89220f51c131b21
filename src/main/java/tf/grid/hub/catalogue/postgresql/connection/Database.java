package tf.grid.hub.catalogue.postgresql.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import tf.grid.hub.catalogue.Catalogue.Step;
import tf.grid.hub.limit.Ticker;

/**
 * Transactions that are made once or not at all, and a lock of all names that every hub respects.
 * Thread-safe.
 */
public final class Database implements Closeable {

  /** Key of the advisory lock of all names: {@code hub} as a number. */
  private static final long NAMES = 0x687562;

  private static final int SOCKET_SECONDS = 60;

  /**
   * Writes a stack trace for each connection that breaks, which the hub says in one line; held here
   * because loggers are collected.
   */
  private static final Logger POOL = Logger.getLogger("com.zaxxer.hikari");

  /**
   * Waiting for a lock ends before that of the socket. The server notices within a minute that a
   * hub has vanished, and releases its locks.
   */
  private static final String SESSION =
      "SET lock_timeout = '20s'; SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10;"
          + " SET tcp_keepalives_count = 3; SET tcp_user_timeout = '50s'";

  /** How long to ask for the outcome of a commit whose connection broke. */
  private static final Duration ASKING = Duration.ofSeconds(15);

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final HikariDataSource pool;

  /**
   * The connection of a thread that holds the lock of all names. Not static: a thread may use two
   * databases.
   */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Connection> holding = new ThreadLocal<>();

  /** The connection of a thread that has one: with two for some, others might get none. */
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Connection> using = new ThreadLocal<>();

  public Database(DatabaseSettings settings) {
    POOL.setLevel(Level.SEVERE);
    HikariConfig config = new HikariConfig();
    config.setPoolName("catalogue");
    config.setDataSource(settings.source(SOCKET_SECONDS));
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(
        Duration.ofSeconds(DatabaseSettings.CONNECT_SECONDS).plusMillis(500).toMillis());
    config.setConnectionInitSql(SESSION);
    // The database may start after the hub.
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
  }

  public DataSource source() {
    return pool;
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
   * Makes a change in one transaction.
   *
   * @param moving whether it renames, copies or deletes flists
   * @throws DatabaseException if nothing was changed because of the database
   * @throws OutcomeUnknownException if it may have been made
   * @throws IOException of the work; nothing was changed
   */
  public <T> T change(boolean moving, Work<T> work) throws IOException {
    Connection held = holding.get();
    if (held != null) {
      return transaction(held, false, work);
    }
    try (Connection connection = pool.getConnection()) {
      using.set(connection);
      return transaction(connection, moving, work);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    } finally {
      using.remove();
    }
  }

  private <T> T transaction(Connection connection, boolean moving, Work<T> work)
      throws IOException {
    Transaction transaction = new Transaction(connection);
    boolean committing = false;
    try {
      connection.setAutoCommit(false);
      if (moving) {
        lock(connection, "pg_advisory_xact_lock_shared");
      }
      T result = work.with(transaction);
      String xid = transaction.finish();
      committing = true;
      commit(connection, transaction.id(), xid);
      return result;
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

  /** Makes a step that may rename, copy or delete flists. */
  public <T> T moving(Step<T> step) throws IOException {
    return holding("pg_advisory_lock_shared", step);
  }

  /**
   * Makes a step while no thread of any hub is in {@link #moving} or a change of names.
   *
   * @throws DatabaseException if the lock was lost before the step ended
   */
  public <T> T whileNamesStay(Step<T> step) throws IOException {
    return holding(
        "pg_advisory_lock",
        () -> {
          T result = step.make();
          probe(false);
          return result;
        });
  }

  /** Changes within the step use its connection, so they fail when the lock is lost with it. */
  private <T> T holding(String lock, Step<T> step) throws IOException {
    if (holding.get() != null) {
      return step.make();
    }
    try (Connection connection = pool.getConnection()) {
      lock(connection, lock);
      holding.set(connection);
      using.set(connection);
      try {
        return step.make();
      } finally {
        holding.remove();
        using.remove();
        unlock(connection);
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private void unlock(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock_all()");
    } catch (SQLException broken) {
      // The lock ends with the connection.
      pool.evictConnection(connection);
    }
  }

  private static void lock(Connection connection, String function) throws SQLException {
    try (PreparedStatement call = connection.prepareStatement("SELECT " + function + "(?)")) {
      call.setLong(1, NAMES);
      call.execute();
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
