package tf.grid.hub.store.zdb;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a 0-db server is reached. Prints neither password nor token.
 *
 * @param port from 1 to 65535
 * @param namespace its name
 * @param password of the namespace, when it has one
 * @param token shown with {@code AUTH}, when the other side is the gateway of a hub
 * @param connections how many at once, at least 1
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

  /** Refuses what cannot work. */
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

  /** The defaults, for one server and namespace without a password. */
  public static ZdbSettings of(String host, int port, String namespace) {
    return new ZdbSettings(
        host, port, namespace, Optional.empty(), Optional.empty(), 8, Duration.ofSeconds(10));
  }

  /** The same with the namespace's password. */
  public ZdbSettings withPassword(String secret) {
    return new ZdbSettings(host, port, namespace, Optional.of(secret), token, connections, timeout);
  }

  /** The same with a token for the gateway of a hub. */
  public ZdbSettings withToken(String secret) {
    return new ZdbSettings(
        host, port, namespace, password, Optional.of(secret), connections, timeout);
  }

  /** The same with another timeout. */
  public ZdbSettings withTimeout(Duration other) {
    return new ZdbSettings(host, port, namespace, password, token, connections, other);
  }

  @Override
  public String toString() {
    return "0-db at " + host + ":" + port + ", namespace " + namespace;
  }
}
