package tf.grid.hub.store.redis;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The client of a server or a cluster. It is created when it is first needed, because that of a
 * cluster asks for the nodes, and the hub starts without its store. Thread-safe.
 */
final class RedisConnection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RedisConnection.class.getName());

  /** To one server or node. */
  private static final int MAX_CONNECTIONS = 16;

  private final Supplier<UnifiedJedis> opening;
  private final String address;

  /** Wait for the nodes of a cluster in parallel. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "redis-cluster");
            thread.setDaemon(true);
            // Closing a pipeline that has lost a node fails once more, after the call has failed.
            thread.setUncaughtExceptionHandler(
                (failed, e) -> LOG.log(Level.DEBUG, "a node was lost: {0}", e.toString()));
            return thread;
          });

  private UnifiedJedis client;

  private RedisConnection(Supplier<UnifiedJedis> opening, String address) {
    this.opening = opening;
    this.address = address;
  }

  static RedisConnection toServer(
      String host, int port, Optional<String> password, Duration timeout) {
    return new RedisConnection(
        () ->
            RedisClient.builder()
                .hostAndPort(host, port)
                .clientConfig(config(password, timeout))
                .poolConfig(pool(timeout))
                .build(),
        "the Redis store at " + host + ":" + port);
  }

  static RedisConnection toCluster(
      List<String> nodes, Optional<String> password, Duration timeout) {
    Set<HostAndPort> known = nodes.stream().map(HostAndPort::from).collect(Collectors.toSet());
    return new RedisConnection(
        () ->
            RedisClusterClient.builder()
                .nodes(known)
                .clientConfig(config(password, timeout))
                .poolConfig(pool(timeout))
                .maxTotalRetriesDuration(timeout)
                .build(),
        "the Redis cluster at " + String.join(", ", nodes));
  }

  private static JedisClientConfig config(Optional<String> password, Duration timeout) {
    // RESP2 and no client information: old servers and look-alikes know neither HELLO nor SETINFO.
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .protocol(RedisProtocol.RESP2)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .timeoutMillis(Math.toIntExact(timeout.toMillis()));
    password.ifPresent(config::password);
    return config.build();
  }

  private static ConnectionPoolConfig pool(Duration timeout) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(MAX_CONNECTIONS);
    pool.setMaxIdle(MAX_CONNECTIONS);
    pool.setMaxWait(timeout);
    return pool;
  }

  /**
   * The client.
   *
   * @throws JedisException if no node of the cluster tells of the others
   */
  synchronized UnifiedJedis client() {
    if (client == null) {
      client = opening.get();
    }
    return client;
  }

  /** Sends several commands at once; those for different nodes too. */
  AbstractPipeline pipeline() {
    return client() instanceof RedisClusterClient cluster
        ? cluster.pipelined(threads)
        : client().pipelined();
  }

  /** Asks a cluster anew which node has what. */
  void refresh() {
    if (client() instanceof RedisClusterClient cluster) {
      cluster.refreshClusterTopology();
    }
  }

  /** What it is connected to, for messages. */
  @Override
  public String toString() {
    return address;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
    threads.shutdown();
  }
}
