package tf.grid.hub.catalogue.postgresql.connection;

import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;

/** Connections for a short time, of an own pool or one of the server. Thread-safe. */
final class ConnectionPool implements Closeable {

  private static final System.Logger LOG = System.getLogger(ConnectionPool.class.getName());

  private final DataSource source;
  private final Optional<HikariDataSource> own;

  private ConnectionPool(DataSource source, Optional<HikariDataSource> own) {
    this.source = source;
    this.own = own;
  }

  /** An own pool, which is closed with this. */
  static ConnectionPool of(HikariDataSource pool) {
    return new ConnectionPool(pool, Optional.of(pool));
  }

  /** A pool of the server. */
  static ConnectionPool of(ContainerSource source) {
    return new ConnectionPool(source, Optional.empty());
  }

  /** Executes statements on a new connection, or closes it. */
  static Connection prepared(Connection connection, String statements) throws SQLException {
    boolean prepared = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute(statements);
      prepared = true;
      return connection;
    } finally {
      if (!prepared) {
        connection.close();
      }
    }
  }

  /** A connection, to be closed soon. */
  Connection getConnection() throws SQLException {
    return source.getConnection();
  }

  /** Ends a connection that nobody may use any more. */
  void evict(Connection connection) {
    if (own.isPresent()) {
      own.get().evictConnection(connection);
      return;
    }
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a broken connection does not end", e);
    }
  }

  @Override
  public void close() {
    own.ifPresent(HikariDataSource::close);
  }
}
