package tf.grid.hub.space;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.space.SpaceBench.ALICE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.space.check.CheckReport;
import tf.grid.hub.space.check.ContentCheck;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.redis.RedisChunkStore;
import tf.grid.hub.store.redis.RedisServer;
import tf.grid.hub.store.remote.DamagedChunks;
import tf.grid.hub.store.remote.ScannedStore;
import tf.grid.hub.store.remote.VerifiedStore;
import tf.grid.hub.store.remote.VerifiedStore.Known;
import tf.grid.hub.store.zdb.ZdbChunkStore;
import tf.grid.hub.store.zdb.ZdbServer;
import tf.grid.hub.store.zdb.ZdbSettings;

/** Damage in a store on another machine is found, counts as missing, and is repaired. */
class RemoteDamageTest {
  private static final int FILES = 10_000;
  private static final int DAMAGED = 100;
  private static final int DELETED = 50;

  @TempDir Path directory;

  @Test
  void in_a_redis() throws Exception {
    try (RedisServer server = RedisServer.start(directory);
        RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
      prove(
          damaged -> {
            RedisChunkStore store =
                RedisChunkStore.open(
                    "127.0.0.1",
                    server.port(),
                    "default",
                    Optional.empty(),
                    Duration.ofSeconds(10));
            return new Remote(store, store);
          },
          (id, stored) -> client.hset("default".getBytes(UTF_8), id.bytes(), stored));
    }
  }

  @Test
  void in_a_0_db() throws Exception {
    try (ZdbServer server = new ZdbServer("userkey", "")) {
      ZdbSettings settings = ZdbSettings.of("127.0.0.1", server.port(), "default");
      prove(
          damaged -> {
            ZdbChunkStore store = new ZdbChunkStore(settings, damaged);
            return new Remote(store, store);
          },
          server::damage);
    }
  }

  private interface Opening {
    Remote open(DamagedChunks damaged);
  }

  private interface Damage {
    void replace(ChunkId id, byte[] stored) throws IOException;
  }

  private record Remote(ChunkStore store, ChunkScan scan) {}

  private SpaceBench open(Opening opening) throws IOException {
    DamagedChunks damaged = DamagedChunks.keptIn(directory.resolve("damaged-chunks"));
    Remote remote = opening.open(damaged);
    ChunkStore store = new VerifiedStore(remote.store(), damaged, Known.READ);
    return new SpaceBench(
        directory.resolve("data"),
        Duration.ofHours(1),
        Clock.systemUTC(),
        store,
        new ScannedStore(store, remote.scan(), directory));
  }

  private CheckReport check(SpaceBench hub) throws IOException {
    return new ContentCheck(
            hub.catalogue, hub.direct, directory, Clock.systemUTC(), Optional.empty())
        .all(true, bytes -> {}, step -> {});
  }

  private void prove(Opening opening, Damage damage) throws Exception {
    List<String> contents =
        IntStream.range(0, FILES).mapToObj(number -> "content number " + number).toList();
    Set<ChunkId> broken;
    Map<ChunkId, byte[]> originals = new HashMap<>();
    try (SpaceBench hub = open(opening)) {
      hub.upload(ALICE, "app", contents);
      List<ChunkId> all = new ArrayList<>(hub.chunksOf(hub.file(ALICE, "app")));
      assertThat(check(hub).isSound()).isTrue();
      List<ChunkId> damaged = all.subList(0, DAMAGED);
      List<ChunkId> deleted = all.subList(DAMAGED, DAMAGED + DELETED);
      broken = new HashSet<>(all.subList(0, DAMAGED + DELETED));
      for (ChunkId id : broken) {
        originals.put(id, hub.direct.get(id).orElseThrow());
      }
      for (ChunkId id : damaged) {
        byte[] stored = originals.get(id).clone();
        stored[stored.length / 2] ^= 1;
        damage.replace(id, stored);
      }
      hub.sweep.delete(deleted);

      CheckReport report = check(hub);

      assertThat(report.damaged()).isEqualTo(DAMAGED);
      assertThat(report.missing()).isEqualTo(DELETED);
      assertThat(report.problems())
          .extracting(problem -> ChunkId.ofHex(problem.chunk()))
          .containsExactlyInAnyOrderElementsOf(broken);
      assertThat(hub.store.missing(all)).isEqualTo(broken);
      assertThatThrownBy(() -> hub.store.get(damaged.get(0)))
          .isInstanceOf(StoreCorruptException.class);
    }

    try (SpaceBench restarted = open(opening)) {
      assertThat(restarted.store.missing(broken)).isEqualTo(broken);
      Set<ChunkId> pushed = Set.copyOf(broken.stream().limit(DAMAGED / 2).toList());
      restarted.store.put(
          pushed.stream()
              .map(id -> new StoredChunk(id, ByteBuffer.wrap(originals.get(id))))
              .toList());
      broken.removeAll(pushed);
      assertThat(restarted.store.missing(originals.keySet())).isEqualTo(broken);

      restarted.upload(ALICE, "again", contents);

      assertThat(restarted.store.missing(originals.keySet())).isEmpty();
      assertThat(check(restarted).isSound()).isTrue();
    }
  }
}
