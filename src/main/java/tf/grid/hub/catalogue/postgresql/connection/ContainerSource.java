package tf.grid.hub.catalogue.postgresql.connection;

import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Connections of a pool that the server keeps. Each may have been used for something else, so its
 * settings are made again. Thread-safe.
 */
final class ContainerSource implements DataSource {

  private static final String RESET =
      "UNLISTEN *; SET statement_timeout = DEFAULT; SET lock_timeout = DEFAULT;";

  private static final System.Logger LOG = System.getLogger(ContainerSource.class.getName());

  private final DataSource pool;
  private final String session;

  /**
   * Uses the pool with a name.
   *
   * @param session executed on each connection
   */
  ContainerSource(String name, String session) {
    this.pool = find(name);
    this.session = RESET + session;
  }

  /** Some names mean nothing to threads of the hub itself, so it is not looked up again. */
  private DataSource pool() throws SQLException {
    if (pool == null) {
      throw new SQLException("the server has no DataSource with this name", "3D000");
    }
    return pool;
  }

  /** The name is the operator's, and the server's own pools cannot be found in another way. */
  @SuppressWarnings("BanJNDI")
  private static DataSource find(String name) {
    try {
      return InitialContext.doLookup(name);
    } catch (NamingException | ClassCastException e) {
      LOG.log(Level.WARNING, "{0}: {1}", name, e.toString());
      return null;
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    return ConnectionPool.prepared(pool().getConnection(), session);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("the server knows the user");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return pool().getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    pool().setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    pool().setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return pool().getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return pool().unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return pool().isWrapperFor(type);
  }
}
