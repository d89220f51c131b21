package tf.grid.hub.gateway;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the gateway listens and how much it gives to its clients.
 *
 * @param host address to listen on
 * @param port 0 for any free one, up to 65535
 * @param namespace the one namespace there is
 * @param connections how many clients at once, from everywhere
 * @param connectionsPerAddress how many clients at once from one address; farms of machines share
 *     one
 * @param memoryBytes for all values on their way in or out together, at least 16 MiB
 * @param workers threads that wait for the store
 * @param idle how long a client may say nothing, at least two minutes for readers in the field
 * @param exchange how long one request may take to arrive, and one reply to be taken
 */
public record GatewayOptions(
    String host,
    int port,
    String namespace,
    int connections,
    int connectionsPerAddress,
    long memoryBytes,
    int workers,
    Duration idle,
    Duration exchange) {

  /** The largest value that the protocol knows, in bytes. */
  public static final int MAX_VALUE = 8 << 20;

  private static final long LEAST_MEMORY = 2L * MAX_VALUE;
  private static final long MOST_MEMORY = 256L << 20;

  /** Refuses numbers that cannot work. */
  public GatewayOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(namespace, "namespace");
    require(port >= 0 && port <= 65535, "port is from 0 to 65535");
    require(connections > 0 && connectionsPerAddress > 0, "connections are at least 1");
    require(memoryBytes >= LEAST_MEMORY, "memoryBytes is at least " + LEAST_MEMORY);
    require(workers > 0, "workers are at least 1");
    require(idle.toMillis() > 0 && exchange.toMillis() > 0, "durations are at least 1 ms");
  }

  /** The defaults, for one address. */
  public static GatewayOptions at(String host, int port) {
    long share = Runtime.getRuntime().maxMemory() / 8;
    return new GatewayOptions(
        host,
        port,
        "default",
        2048,
        1024,
        Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, share)),
        8,
        Duration.ofMinutes(5),
        Duration.ofMinutes(1));
  }

  /** The same with other bounds on connections. */
  public GatewayOptions withConnections(int total, int perAddress) {
    return new GatewayOptions(
        host, port, namespace, total, perAddress, memoryBytes, workers, idle, exchange);
  }

  /** The same with other times. */
  public GatewayOptions withPatience(Duration newIdle, Duration newExchange) {
    return new GatewayOptions(
        host,
        port,
        namespace,
        connections,
        connectionsPerAddress,
        memoryBytes,
        workers,
        newIdle,
        newExchange);
  }

  /** The same with another bound on memory. */
  public GatewayOptions withMemory(long bytes) {
    return new GatewayOptions(
        host, port, namespace, connections, connectionsPerAddress, bytes, workers, idle, exchange);
  }

  /** The same with another namespace. */
  public GatewayOptions withNamespace(String name) {
    return new GatewayOptions(
        host, port, name, connections, connectionsPerAddress, memoryBytes, workers, idle, exchange);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("the gateway's " + otherwise);
    }
  }
}
