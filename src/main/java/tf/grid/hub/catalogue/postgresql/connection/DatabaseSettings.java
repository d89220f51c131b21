package tf.grid.hub.catalogue.postgresql.connection;

import java.time.Duration;
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

  /** Seconds to wait for a connection; the user of a change waits as well. */
  static final int CONNECT_SECONDS = 3;

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
