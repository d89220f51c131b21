package tf.grid.hub.it.stores;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;
import tf.grid.hub.store.s3.RadosGateway;
import tf.grid.hub.store.s3.S3ChunkStore;

/** A hub that keeps its chunks in a bucket of a real S3 server. */
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NeedsPrograms({"ceph", "ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "monmaptool"})
class BucketIT {
  private static final int FILE_BYTES = 3_000_000;
  private static final String PREFIX = "hubs/one/";

  @TempDir private static Path directory;
  private static RadosGateway server;
  private static RunningHub hub;
  private static Uploader client;

  @BeforeAll
  static void start() throws IOException {
    server = RadosGateway.start(directory);
    server.createBucket("chunks");
    hub =
        RunningHub.start(
            Map.of(
                "HUB_STORE",
                "s3",
                "HUB_STORE_S3_ENDPOINT",
                server.endpoint().toString(),
                "HUB_STORE_S3_BUCKET",
                "chunks",
                "HUB_STORE_S3_PREFIX",
                PREFIX,
                "HUB_STORE_S3_ACCESS_KEY",
                RadosGateway.KEY,
                "HUB_STORE_S3_SECRET_KEY",
                RadosGateway.SECRET,
                "HUB_GC_GRACE",
                "PT1S"));
    client = new Uploader(hub.uri("/"));
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
    server.close();
  }

  private static byte[] archive(int seed) throws IOException {
    byte[] content = new byte[FILE_BYTES];
    new Random(seed).nextBytes(content);
    return new TarBytes().file("content", content).gzip();
  }

  private static Set<ChunkId> stored() {
    Set<ChunkId> ids = new HashSet<>();
    try (S3ChunkStore bucket = server.store("chunks", PREFIX, Duration.ofMinutes(1))) {
      bucket.scan(entry -> ids.add(entry.id()));
    }
    return ids;
  }

  private static FlistClient flist(String name) throws Exception {
    return new FlistClient(client.download("/Administrator/" + name + ".flist").body());
  }

  private static List<ChunkId> chunks(FlistClient flist) throws SQLException {
    return flist.entries().get("/content").blocks().stream()
        .map(block -> ChunkId.of(block[0]))
        .toList();
  }

  private static void assertReadable(String name) throws Exception {
    try (ZdbConnection backend = new ZdbConnection("127.0.0.1", hub.gatewayPort());
        FlistClient flist = flist(name)) {
      assertThat(flist.content(flist.entries().get("/content"), backend)).hasSize(FILE_BYTES);
      for (ChunkId id : chunks(flist)) {
        assertThat(client.download("/api/chunks/" + id).statusCode()).isEqualTo(200);
      }
    }
  }

  private static JsonObject state() throws IOException {
    try (JsonReader reader =
        Json.createReader(new StringReader(client.get("/api/admin/gc").body()))) {
      return reader.readObject().getJsonObject("payload");
    }
  }

  private static JsonObject collect() throws IOException {
    assertThat(client.send("POST", "/api/admin/gc").statusCode()).isEqualTo(202);
    Await.until("the collection ends", () -> !state().getBoolean("running"));
    return state().getJsonObject("last");
  }

  @Test
  @Order(1)
  void chunks_of_an_upload_are_objects_that_the_gateway_and_http_serve() throws Exception {
    for (String name : List.of("kept", "gone")) {
      byte[] archive = archive(name.hashCode());
      assertThat(client.upload(name + ".tar.gz", archive).statusCode()).isEqualTo(200);
    }
    try (FlistClient kept = flist("kept")) {
      assertThat(stored()).hasSize(12).containsAll(chunks(kept));
    }
    assertReadable("kept");
  }

  @Test
  @Order(2)
  void a_collection_deletes_the_objects_that_no_flist_needs() throws Exception {
    assertThat(client.send("DELETE", "/api/flist/me/gone").statusCode()).isEqualTo(200);
    Await.until("only the other chunks are left", () -> collect() != null && stored().size() == 6);
    try (FlistClient kept = flist("kept")) {
      assertThat(stored()).containsExactlyInAnyOrderElementsOf(chunks(kept));
    }
    assertThat(client.upload("gone.tar.gz", archive("gone".hashCode())).statusCode())
        .isEqualTo(200);
    assertReadable("gone");
  }

  @Test
  @Order(3)
  void without_the_server_flists_are_served_and_uploads_wait_until_it_is_back() throws Exception {
    server.kill();
    HttpResponse<String> refused = client.upload("during.tar.gz", archive(7));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(client.download("/Administrator/kept.flist").statusCode()).isEqualTo(200);
    try (FlistClient kept = flist("kept")) {
      assertThat(client.download("/api/chunks/" + chunks(kept).get(0)).statusCode()).isEqualTo(503);
    }
    Await.until("the hub is not ready", () -> client.get("/health/ready").statusCode() == 503);

    server.startGateway();
    HttpResponse<String> accepted = client.upload("after.tar.gz", archive(7));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    Await.until("the hub is ready", () -> client.get("/health/ready").statusCode() == 200);
  }

  @Test
  @Order(4)
  void after_a_restart_everything_is_there() throws Exception {
    hub.stop();
    hub.restart();
    assertReadable("kept");
    assertReadable("after");
  }
}
