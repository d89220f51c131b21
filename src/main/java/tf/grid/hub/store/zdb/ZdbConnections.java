package tf.grid.hub.store.zdb;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/**
 * A pool of connections to a 0-db, with the namespace selected. Thread-safe; callers wait if all
 * connections are in use.
 */
final class ZdbConnections implements AutoCloseable {
  private final ZdbSettings settings;
  private final JedisClientConfig config;
  private final Semaphore free;
  private final Deque<Connection> resting = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ZdbConnections(ZdbSettings settings) {
    int millis = Math.toIntExact(settings.timeout().toMillis());
    this.settings = settings;
    this.free = new Semaphore(settings.connections());
    // The server supports neither HELLO nor CLIENT, so the client must not send them.
    this.config =
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol()
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .connectionTimeoutMillis(millis)
            .socketTimeoutMillis(millis)
            .build();
  }

  /**
   * Runs an exchange over a connection. It must be idempotent: an idle connection may be broken,
   * and then the exchange is repeated over a new one.
   */
  <T> T with(Function<Connection, T> exchange) {
    acquire();
    try {
      Connection used = resting.pollFirst();
      if (used != null) {
        try {
          return talk(used, exchange);
        } catch (JedisConnectionException stale) {
          discardResting();
        }
      }
      return talk(open(), exchange);
    } catch (JedisConnectionException e) {
      throw new StoreUnreachableException(
          "tried to reach the " + settings + " but it did not answer; is it running?", e);
    } catch (JedisDataException e) {
      throw ZdbErrors.meaning(settings, e);
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    discardResting();
  }

  private void acquire() {
    try {
      if (free.tryAcquire(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreUnreachableException("all connections to the " + settings + " are in use", null);
  }

  /** A connection with a failure may contain unread replies and is not reused. */
  private <T> T talk(Connection connection, Function<Connection, T> exchange) {
    boolean fine = false;
    try {
      T result = exchange.apply(connection);
      fine = true;
      return result;
    } finally {
      if (fine && !closed) {
        resting.addFirst(connection);
      } else {
        discard(connection);
      }
    }
  }

  private Connection open() {
    Connection connection =
        new Connection(new HostAndPort(settings.host(), settings.port()), config);
    try {
      settings.token().ifPresent(token -> order(connection, Command.AUTH, token));
      if (settings.password().isPresent()) {
        order(connection, Command.SELECT, settings.namespace(), settings.password().get());
      } else {
        order(connection, Command.SELECT, settings.namespace());
      }
      return connection;
    } catch (JedisConnectionException | JedisDataException | StoreException e) {
      discard(connection);
      throw e;
    }
  }

  private static void order(Connection connection, Command command, String... words) {
    connection.sendCommand(command, words);
    connection.getOne();
  }

  private void discardResting() {
    for (Connection each = resting.pollFirst(); each != null; each = resting.pollFirst()) {
      discard(each);
    }
  }

  private static void discard(Connection connection) {
    try {
      connection.disconnect();
    } catch (JedisConnectionException broken) {
      // The connection is discarded in any case.
      return;
    }
  }
}
