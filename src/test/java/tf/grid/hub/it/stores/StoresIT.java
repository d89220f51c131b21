package tf.grid.hub.it.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.redis.RedisChunkStore;
import tf.grid.hub.store.redis.RedisServer;

/** A hub that keeps its chunks elsewhere: in a real Redis, and in a 0-db. */
@Order(1)
@NeedsPrograms("redis-server")
class StoresIT {
  private static final String GUEST = "guest-token-for-tests";
  private static final Path SMALL =
      Path.of("src/test/resources/vectors/samples/sample-small.tar.gz");

  @TempDir private Path directory;

  @Test
  void a_redis_that_goes_away_stops_uploads_until_it_is_back() throws Exception {
    byte[] archive = Files.readAllBytes(SMALL);
    RedisServer redis = RedisServer.start(directory);
    try (RunningHub hub = RunningHub.start(remote("redis", redis.port()))) {
      Uploader client = new Uploader(hub.uri("/"));
      assertThat(client.upload("before.tar.gz", archive).statusCode()).isEqualTo(200);

      redis.stop();
      HttpResponse<String> refused = client.upload("during.tar.gz", archive);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(client.get("/api/flist").body()).isEqualTo("[\"Administrator/before.flist\"]\n");
      assertThat(client.download("/Administrator/before.flist").statusCode()).isEqualTo(200);

      redis = RedisServer.startOn(redis.port(), directory);
      HttpResponse<String> accepted = client.upload("after.tar.gz", archive);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
      assertChunksAreIn(redis.port(), client.download("/Administrator/after.flist").body());
    } finally {
      redis.stop();
    }
  }

  /** Another hub's gateway is the 0-db: it lets everyone read, but this hub has no token for it. */
  @Test
  void a_0_db_that_can_only_be_read_takes_nothing_new_but_gives_what_it_has() throws Exception {
    byte[] archive = Files.readAllBytes(SMALL);
    try (RunningHub zdb =
            RunningHub.start(Map.of("HUB_AUTH_ENABLED", "true", "HUB_AUTH_GUEST_TOKEN", GUEST));
        RunningHub hub = RunningHub.start(remote("zdb", zdb.gatewayPort()))) {
      Uploader client = new Uploader(hub.uri("/"));
      HttpResponse<String> refused = client.upload("new.tar.gz", archive);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(500);
      assertThat(refused.body()).contains("the chunk store refuses this hub");
      assertThat(client.get("/api/flist").body()).isEqualTo("[]\n");

      new Uploader(zdb.uri("/"))
          .with("Authorization", "bearer " + GUEST)
          .upload("known.tar.gz", archive);
      HttpResponse<String> accepted = client.upload("known.tar.gz", archive);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
      assertReadsBack(client, "known", zdb.gatewayPort());
    }
  }

  private static Map<String, String> remote(String kind, int port) {
    return Map.of(
        "HUB_STORE",
        kind,
        "HUB_STORE_HOST",
        "127.0.0.1",
        "HUB_STORE_PORT",
        Integer.toString(port),
        "HUB_GATEWAY_ENABLED",
        "false");
  }

  private static void assertChunksAreIn(int redis, byte[] flist) throws Exception {
    try (FlistClient reader = new FlistClient(flist);
        ChunkStore store =
            RedisChunkStore.open(
                "127.0.0.1", redis, "default", Optional.empty(), Duration.ofMinutes(1))) {
      List<ChunkId> ids =
          reader.entries().values().stream()
              .flatMap(entry -> entry.blocks().stream())
              .map(block -> ChunkId.of(block[0]))
              .toList();
      assertThat(ids).hasSize(2);
      assertThat(store.missing(ids)).isEmpty();
    }
  }

  private static void assertReadsBack(Uploader client, String name, int port) throws Exception {
    byte[] flist = client.download("/Administrator/" + name + ".flist").body();
    try (FlistClient reader = new FlistClient(flist);
        ZdbConnection backend = new ZdbConnection("127.0.0.1", port)) {
      assertThat(reader.metadata().get("backend")).contains("\"port\":" + port);
      FlistClient.Entry file = reader.entries().get("/hello.txt");
      assertThat(new String(reader.content(file, backend), UTF_8)).hasSize((int) file.size());
    }
  }
}
