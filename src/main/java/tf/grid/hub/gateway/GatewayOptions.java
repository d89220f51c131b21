package tf.grid.hub.gateway;

import java.time.Duration;
import java.util.Objects;

/**
 * Address and limits of the gateway.
 *
 * @param host address to listen on
 * @param port 0 to 65535; 0 for any free port
 * @param namespace the only namespace
 * @param connections maximum number of clients
 * @param connectionsPerAddress maximum number of clients per address; machines behind NAT share one
 * @param memoryBytes for all values in transit together, at least 16 MiB
 * @param workers number of threads for blocking store operations
 * @param idle how long a client may be silent; readers in the field need at least two minutes
 * @param exchange how long one request or reply may take to transfer
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

  /** The maximum size of a value in the protocol, in bytes. */
  public static final int MAX_VALUE = 8 << 20;

  private static final long LEAST_MEMORY = 2L * MAX_VALUE;

  public GatewayOptions {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(namespace, "namespace");
    require(port >= 0 && port <= 65535, "port is from 0 to 65535");
    require(connections > 0 && connectionsPerAddress > 0, "connections are at least 1");
    require(memoryBytes >= LEAST_MEMORY, "memoryBytes is at least " + LEAST_MEMORY);
    require(workers > 0, "workers are at least 1");
    require(idle.toMillis() > 0 && exchange.toMillis() > 0, "durations are at least 1 ms");
  }

  /** Returns the defaults for an address. */
  public static GatewayOptions at(String host, int port) {
    return new GatewayOptions(
        host,
        port,
        "default",
        2048,
        1024,
        LEAST_MEMORY,
        8,
        Duration.ofMinutes(5),
        Duration.ofMinutes(1));
  }

  public GatewayOptions withConnections(int total, int perAddress) {
    return new GatewayOptions(
        host, port, namespace, total, perAddress, memoryBytes, workers, idle, exchange);
  }

  public GatewayOptions withTimeouts(Duration newIdle, Duration newExchange) {
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

  public GatewayOptions withMemory(long bytes) {
    return new GatewayOptions(
        host, port, namespace, connections, connectionsPerAddress, bytes, workers, idle, exchange);
  }

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
