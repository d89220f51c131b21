package tf.grid.hub.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.ChunkStoreContract;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;

/** The store in a real cluster of three nodes. */
@NeedsPrograms({"redis-server", "redis-cli"})
class RedisClusterTest implements ChunkStoreContract {
  @TempDir static Path directory;
  private static RedisCluster cluster;
  private String namespace;
  private RedisChunkStore store;

  @BeforeAll
  static void start() throws IOException {
    cluster = RedisCluster.start(directory);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void open() {
    namespace = "test-" + UUID.randomUUID();
    store = open(cluster.addresses(), Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public ChunkStore store() {
    return store;
  }

  private RedisChunkStore open(List<String> nodes, Duration timeout) {
    return RedisChunkStore.openCluster(nodes, namespace, Optional.empty(), timeout);
  }

  private long hashes(int node) {
    try (Jedis jedis = new Jedis("127.0.0.1", cluster.node(node).port())) {
      return jedis.keys(namespace + ":*").size();
    }
  }

  @Test
  void every_node_has_a_part_of_the_chunks_and_a_scan_shows_all() {
    List<StoredChunk> kept = chunks(1, 3_000);
    List<StoredChunk> gone = chunks(50_000, 3_000);
    store.put(kept);
    store.put(gone);
    for (int node = 0; node < 3; node++) {
      assertThat(hashes(node)).isBetween(200L, 500L);
    }
    store.delete(ids(gone));

    Map<ChunkId, Long> found = new HashMap<>();
    store.scan(entry -> found.put(entry.id(), entry.size()));

    assertThat(found).hasSize(3_000);
    for (StoredChunk chunk : kept) {
      assertThat(found).containsEntry(chunk.id(), (long) chunk.bytes().remaining());
    }
    assertThat(store.missing(ids(gone))).hasSize(3_000);
  }

  @Test
  void one_node_is_enough_to_find_the_others() {
    List<StoredChunk> all = chunks(1, 100);
    store.put(all);
    try (RedisChunkStore other = open(cluster.addresses().subList(2, 3), Duration.ofMinutes(1))) {
      other.probe();
      assertThat(other.missing(ids(all))).isEmpty();
    }
  }

  @Test
  void without_a_node_the_store_is_unreachable_until_it_is_back() throws IOException {
    List<StoredChunk> all = chunks(1, 300);
    store.put(all);
    try (RedisChunkStore hasty = open(cluster.addresses(), Duration.ofSeconds(2))) {
      assertThat(hasty.missing(ids(all))).isEmpty();
      cluster.node(1).stop();
      try {
        assertThatThrownBy(() -> hasty.put(all))
            .isInstanceOf(StoreUnreachableException.class)
            .hasMessageContaining("the Redis cluster at 127.0.0.1:");
        assertThatThrownBy(() -> hasty.missing(ids(all)))
            .isInstanceOf(StoreUnreachableException.class);
        assertThatThrownBy(() -> all.forEach(chunk -> hasty.get(chunk.id())))
            .isInstanceOf(StoreUnreachableException.class);
        assertThatThrownBy(() -> hasty.scan(entry -> {}))
            .isInstanceOf(StoreUnreachableException.class);
        assertThatThrownBy(hasty::probe).isInstanceOf(StoreUnreachableException.class);
      } finally {
        cluster.restart(1);
      }
      Await.until("the store answers again", () -> answers(hasty));
      assertThat(hasty.missing(ids(all))).isEmpty();
      assertThat(hasty.get(all.get(7).id())).hasValue(bytes(all.get(7)));
    }
  }

  private static boolean answers(RedisChunkStore store) {
    try {
      store.probe();
      return true;
    } catch (StoreUnreachableException notYet) {
      return false;
    }
  }

  @Test
  void a_node_that_hangs_is_unreachable() throws IOException {
    List<StoredChunk> all = chunks(1, 300);
    try (RedisChunkStore hasty = open(cluster.addresses(), Duration.ofMillis(500))) {
      hasty.put(all);
      cluster.node(2).pause();
      try {
        assertThatThrownBy(() -> hasty.missing(ids(all)))
            .isInstanceOf(StoreUnreachableException.class);
      } finally {
        cluster.node(2).resume();
      }
      Await.until("the store answers again", () -> answers(hasty));
    }
  }

  @Test
  void a_cluster_that_is_not_there_is_unreachable_and_found_when_it_is() throws IOException {
    int port = FreePort.next();
    try (RedisChunkStore nowhere = open(List.of("127.0.0.1:" + port), Duration.ofSeconds(2))) {
      assertThatThrownBy(nowhere::probe)
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("127.0.0.1:" + port);
    }
  }

  @Test
  void a_server_that_is_no_cluster_is_told_apart() throws IOException {
    try (RedisServer alone = RedisServer.start(directory);
        RedisChunkStore wrong = open(List.of("127.0.0.1:" + alone.port()), Duration.ofMinutes(1))) {
      assertThatThrownBy(wrong::probe)
          .isNotInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("127.0.0.1:" + alone.port());
    }
  }

  @Test
  void chunks_that_were_moved_to_another_node_are_found_after_a_moment() throws IOException {
    StoredChunk one = chunk(1, 100);
    store.put(List.of(one));
    byte[] hash = ChunkHashes.spread(namespace).of(one.id());
    move(new String(hash, UTF_8));
    Await.until("the new node is known", () -> answers(store));
    assertThat(store.missing(List.of(one.id()))).isEmpty();
    assertThat(store.get(one.id())).hasValue(bytes(one));
  }

  /** Moves a hash, with all of its slot, to the next node, as an operator would. */
  private static void move(String hash) throws IOException {
    int slot = redis.clients.jedis.util.JedisClusterCRC16.getSlot(hash);
    int from = owner(slot);
    int to = (from + 1) % 3;
    try (Jedis source = jedis(from);
        Jedis target = jedis(to)) {
      String sourceId = source.clusterMyId();
      String targetId = target.clusterMyId();
      target.clusterSetSlotImporting(slot, sourceId);
      source.clusterSetSlotMigrating(slot, targetId);
      List<String> keys = source.clusterGetKeysInSlot(slot, 1_000);
      source.migrate(
          "127.0.0.1",
          cluster.node(to).port(),
          10_000,
          new redis.clients.jedis.params.MigrateParams(),
          keys.toArray(String[]::new));
      for (int node : List.of(to, from, 3 - to - from)) {
        try (Jedis each = jedis(node)) {
          each.clusterSetSlotNode(slot, targetId);
        }
      }
    }
  }

  private static int owner(int slot) {
    for (int node = 0; node < 3; node++) {
      try (Jedis jedis = jedis(node)) {
        String self =
            jedis.clusterNodes().lines().filter(line -> line.contains("myself")).findFirst().get();
        for (String range : self.split(" ", -1)) {
          String[] ends = range.split("-", -1);
          if (ends.length == 2
              && ends[0].matches("\\d+")
              && Integer.parseInt(ends[0]) <= slot
              && slot <= Integer.parseInt(ends[1])) {
            return node;
          }
        }
      }
    }
    throw new AssertionError("no node has slot " + slot);
  }

  private static Jedis jedis(int node) {
    return new Jedis("127.0.0.1", cluster.node(node).port());
  }
}
