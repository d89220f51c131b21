package tf.grid.hub.catalogue.postgresql.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
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
 */
public record DatabaseSettings(
    String url, String user, String password, int connections, Duration startup) {

  /**
   * Writes a stack trace for each connection that breaks, which the hub says in one line; held here
   * because loggers are collected.
   */
  private static final Logger POOL = Logger.getLogger("com.zaxxer.hikari");

  private static final long VALIDATION_MILLIS = 2_000;

  /** Seconds to wait for a connection; the user of a change waits as well. */
  static final int CONNECT_SECONDS = 3;

  /**
   * Opens a pool of connections. The database may start after the hub.
   *
   * @param most connections
   * @param socketSeconds how long to wait for an answer
   * @param millis how long to wait for a connection
   * @param sql executed once on each connection
   */
  HikariDataSource pool(String name, int most, int socketSeconds, long millis, String sql) {
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
    return new HikariDataSource(config);
  }

  /** Connections to the database. */
  public PGSimpleDataSource source(int socketTimeoutSeconds) {
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

  /** The address without parameters. */
  @Override
  public String toString() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
