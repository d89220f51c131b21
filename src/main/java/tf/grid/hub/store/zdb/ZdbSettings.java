package tf.grid.hub.store.zdb;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Connection settings of a 0-db server. {@code toString} contains neither password nor token.
 *
 * @param port 1 to 65535
 * @param namespace the namespace to select
 * @param password of the namespace, if it has one
 * @param token for {@code AUTH}, if the server is the gateway of a hub
 * @param connections maximum number of connections, at least 1
 * @param timeout for connecting, for each reply, and for a free connection
 */
public record ZdbSettings(
    String host,
    int port,
    String namespace,
    Optional<String> password,
    Optional<String> token,
    int connections,
    Duration timeout) {
  public ZdbSettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(token, "token");
    if (port < 1 || port > 65535 || connections < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "a 0-db needs a port from 1 to 65535, a connection and a millisecond");
    }
  }

  /** Returns the defaults for a server and a namespace without a password. */
  public static ZdbSettings of(String host, int port, String namespace) {
    return new ZdbSettings(
        host, port, namespace, Optional.empty(), Optional.empty(), 8, Duration.ofSeconds(10));
  }

  public ZdbSettings withPassword(String secret) {
    return new ZdbSettings(host, port, namespace, Optional.of(secret), token, connections, timeout);
  }

  public ZdbSettings withToken(String secret) {
    return new ZdbSettings(
        host, port, namespace, password, Optional.of(secret), connections, timeout);
  }

  public ZdbSettings withTimeout(Duration other) {
    return new ZdbSettings(host, port, namespace, password, token, connections, other);
  }

  @Override
  public String toString() {
    return "0-db at " + host + ":" + port + ", namespace " + namespace;
  }
}
