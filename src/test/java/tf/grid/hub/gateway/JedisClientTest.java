package tf.grid.hub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import tf.grid.hub.store.ChunkSamples;
import tf.grid.hub.store.MemoryStore;
import tf.grid.hub.store.StoredChunk;

/** A client library that others have written, as it comes. */
class JedisClientTest {
  private static final String TOKEN = "a-good-token";

  private final MemoryStore store = new MemoryStore();
  private final Gateway gateway =
      new Gateway(
          GatewayOptions.at("127.0.0.1", 0),
          store,
          Optional.of(store),
          Optional.of(TOKEN::equals),
          Clock.systemUTC());

  @AfterEach
  void close() {
    gateway.close();
  }

  private Jedis jedis() {
    return new Jedis(
        new HostAndPort("127.0.0.1", gateway.address().getPort()),
        DefaultJedisClientConfig.builder()
            .serverDefaultProtocol()
            .autoNegotiateProtocol(false)
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .build());
  }

  @Test
  void it_reads_and_writes() {
    StoredChunk one = chunk(1, 40_000);
    StoredChunk other = chunk(2, 50);
    try (Jedis jedis = jedis()) {
      assertThat(jedis.auth(TOKEN)).isEqualTo("OK");
      assertThat(jedis.exists(one.id().bytes())).isFalse();
      jedis
          .getConnection()
          .sendCommand(
              redis.clients.jedis.Protocol.Command.SET, one.id().bytes(), ChunkSamples.bytes(one));
      assertThat(jedis.getConnection().getBinaryBulkReply()).isEqualTo(one.id().bytes());
      assertThat(jedis.exists(one.id().bytes())).isTrue();
      assertThat(jedis.get(one.id().bytes())).isEqualTo(ChunkSamples.bytes(one));
      assertThat(jedis.mget(other.id().bytes(), one.id().bytes()))
          .containsExactly(null, ChunkSamples.bytes(one));
      assertThat(jedis.ping()).isEqualTo("PONG");
      assertThat(jedis.dbSize()).isEqualTo(1);
    }
  }

  @Test
  void many_at_once_each_get_what_they_asked_for() throws Exception {
    List<Callable<Integer>> clients = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int seed = 10_000 * i;
      clients.add(() -> storeAndRead(ChunkSamples.chunks(seed, 60)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      for (Future<Integer> read : threads.invokeAll(clients)) {
        assertThat(read.get()).isEqualTo(60);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.chunks).hasSize(12 * 60);
  }

  private int storeAndRead(List<StoredChunk> chunks) {
    int right = 0;
    try (Jedis jedis = jedis()) {
      jedis.auth(TOKEN);
      for (StoredChunk each : chunks) {
        jedis.set(each.id().bytes(), ChunkSamples.bytes(each));
      }
      for (StoredChunk each : chunks) {
        right +=
            java.util.Arrays.equals(jedis.get(each.id().bytes()), ChunkSamples.bytes(each)) ? 1 : 0;
      }
    }
    return right;
  }
}
