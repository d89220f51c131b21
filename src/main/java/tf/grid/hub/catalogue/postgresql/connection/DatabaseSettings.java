package tf.grid.hub.catalogue.postgresql.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How to reach the database.
 *
 * @param url as of the driver: {@code jdbc:postgresql://host:port/database}, with several hosts for
 *     failover
 * @param user name of the role
 * @param password of the role; may be empty
 * @param connections for changes at the same time; two more are used for reading
 * @param startup how long to wait for the database at start
 * @param jndi name of a pool of the server to be used instead of url, user and password
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int connections,
    Duration startup,
    Optional<String> jndi) {

  /**
   * Writes a stack trace for each connection that breaks, which the hub says in one line; held here
   * because loggers are collected.
   */
  private static final Logger POOL = Logger.getLogger("com.zaxxer.hikari");

  private static final long VALIDATION_MILLIS = 2_000;

  /** Seconds to wait for a connection; the user of a change waits as well. */
  static final int CONNECT_SECONDS = 3;

  /** An own pool. */
  public DatabaseSettings(
      String url, String user, String password, int connections, Duration startup) {
    this(url, user, password, connections, startup, Optional.empty());
  }

  /**
   * Opens a pool of connections, or uses that of the server. The database may start after the hub.
   *
   * @param most connections
   * @param socketSeconds how long to wait for an answer
   * @param millis how long to wait for a connection
   * @param sql executed once on each connection
   */
  ConnectionPool pool(String name, int most, int socketSeconds, long millis, String sql) {
    if (jndi.isPresent()) {
      return ConnectionPool.of(new ContainerSource(jndi.get(), sql));
    }
    POOL.setLevel(Level.SEVERE);
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source(socketSeconds));
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(millis);
    config.setValidationTimeout(Math.min(millis, VALIDATION_MILLIS));
    config.setConnectionInitSql(sql);
    config.setInitializationFailTimeout(-1);
    return ConnectionPool.of(new HikariDataSource(config));
  }

  /**
   * Connections to the database, for as long as somebody needs one.
   *
   * @param socketTimeoutSeconds how long to wait for an answer; a pool of the server has its own
   */
  public DataSource source(int socketTimeoutSeconds) {
    if (jndi.isPresent()) {
      return new ContainerSource(jndi.get(), "");
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName("hub");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(socketTimeoutSeconds);
    source.setTcpKeepAlive(true);
    // After a failover, the server that accepts changes.
    source.setTargetServerType("primary");
    return source;
  }

  /** The address without parameters, or the name of the pool. */
  @Override
  public String toString() {
    if (jndi.isPresent()) {
      return jndi.get();
    }
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
