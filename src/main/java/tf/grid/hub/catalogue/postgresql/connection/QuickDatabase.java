package tf.grid.hub.catalogue.postgresql.connection;

import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Short statements that requests wait for, such as the check of a token. They have connections of
 * their own, because changes of the catalogue may use all others. When the database does not
 * answer, one thread tries again, and all others are refused at once, so that a database that hangs
 * does not stop the requests that do not need it. Thread-safe.
 */
public final class QuickDatabase implements Closeable {

  private static final System.Logger LOG = System.getLogger(QuickDatabase.class.getName());

  private static final int CONNECTIONS = 3;
  private static final int SOCKET_SECONDS = 3;
  private static final long CONNECT_MILLIS = 2_000;
  private static final String SESSION = "SET lock_timeout = '2s'; SET statement_timeout = '2s'";

  private final ConnectionPool pool;
  private final ReentrantLock trying = new ReentrantLock();
  private volatile SQLException failure;

  QuickDatabase(DatabaseSettings settings) {
    this.pool = settings.pool("accounts", CONNECTIONS, SOCKET_SECONDS, CONNECT_MILLIS, SESSION);
  }

  /**
   * Something that is asked or changed with a connection, in one statement or a transaction.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Statements<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Executes statements, each in a transaction of its own.
   *
   * @throws DatabaseException if the database does not answer or refuses them
   */
  public <T> T run(Statements<T> statements) {
    SQLException before = failure;
    if (before == null) {
      return attempt(statements);
    }
    if (!trying.tryLock()) {
      throw new DatabaseException(before);
    }
    try {
      return attempt(statements);
    } finally {
      trying.unlock();
    }
  }

  private <T> T attempt(Statements<T> statements) {
    try (Connection connection = pool.getConnection()) {
      T result = statements.on(connection);
      if (failure != null) {
        failure = null;
        LOG.log(Level.INFO, "the database of accounts answers again");
      }
      return result;
    } catch (SQLException e) {
      DatabaseException refused = new DatabaseException(e);
      if (refused.isPassing()) {
        failure = e;
      }
      throw refused;
    }
  }

  /** Executes one change, and returns the number of rows. */
  public int update(String sql, Object... values) {
    return run(connection -> update(connection, sql, values));
  }

  /** Executes a change as one of several statements, and returns the number of rows. */
  public static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** Sets all parameters of a statement. */
  public static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
