package tf.grid.hub.store.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;

/** Three real Redis servers on the loopback interface that form a cluster, for tests. */
public final class RedisCluster implements AutoCloseable {
  private static final int NODES = 3;

  private final Path directory;
  private final List<RedisServer> nodes = new ArrayList<>();
  private final List<Integer> busPorts = new ArrayList<>();

  private RedisCluster(Path directory) {
    this.directory = directory;
  }

  /** Starts the nodes, which keep their chunks when they are stopped. */
  public static RedisCluster start(Path directory) throws IOException {
    RedisCluster cluster = new RedisCluster(directory);
    try {
      for (int number = 0; number < NODES; number++) {
        cluster.busPorts.add(FreePort.next());
        cluster.nodes.add(cluster.startNode(number, FreePort.next()));
      }
      cluster.join();
      return cluster;
    } catch (IOException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private RedisServer startNode(int number, int port) throws IOException {
    Path home = Files.createDirectories(directory.resolve("node-" + number));
    return RedisServer.startOn(
        port,
        home,
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        Integer.toString(busPorts.get(number)),
        "--cluster-node-timeout",
        "2000",
        "--appendonly",
        "yes");
  }

  private void join() throws IOException {
    List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
    command.addAll(addresses());
    command.add("--cluster-yes");
    Path log = directory.resolve("create.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Await.until("the cluster is created", () -> !process.isAlive());
    if (process.exitValue() != 0) {
      throw new IOException("redis-cli failed: " + Files.readString(log));
    }
    awaitHealth();
  }

  private void awaitHealth() {
    for (RedisServer node : nodes) {
      Await.until(
          "the cluster is in order",
          () -> {
            try (Jedis jedis = new Jedis("127.0.0.1", node.port())) {
              return jedis.clusterInfo().contains("cluster_state:ok");
            }
          });
    }
  }

  /** Where the nodes are, as {@code host:port}. */
  public List<String> addresses() {
    return nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList();
  }

  /** One of the three nodes. */
  RedisServer node(int number) {
    return nodes.get(number);
  }

  /** Starts a node again that was stopped, and waits until the cluster is in order. */
  void restart(int number) throws IOException {
    nodes.set(number, startNode(number, nodes.get(number).port()));
    awaitHealth();
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
