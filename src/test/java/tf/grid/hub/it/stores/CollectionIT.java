package tf.grid.hub.it.stores;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tf.grid.hub.Await;
import tf.grid.hub.KillHarness;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;

/** Deleted content is collected from a running hub, which may be killed meanwhile. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CollectionIT {
  private static final int FILE_BYTES = 3_000_000;

  private static RunningHub hub;
  private static Uploader client;

  @BeforeAll
  static void start() {
    hub = RunningHub.start(Map.of("HUB_GC_GRACE", "PT1S"));
    client = new Uploader(hub.uri("/"));
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static void upload(String name, int seed) throws IOException {
    byte[] content = new byte[FILE_BYTES];
    new Random(seed).nextBytes(content);
    byte[] archive = new TarBytes().file("content", content).gzip();
    assertThat(client.upload(name + ".tar.gz", archive).statusCode()).isEqualTo(200);
  }

  private static void delete(String name) throws IOException {
    assertThat(client.send("DELETE", "/api/flist/me/" + name).statusCode()).isEqualTo(200);
  }

  private static JsonObject state() throws IOException {
    try (JsonReader reader =
        Json.createReader(new StringReader(client.get("/api/admin/gc").body()))) {
      return reader.readObject().getJsonObject("payload");
    }
  }

  private static JsonObject collect(String how, String report) throws IOException {
    assertThat(client.send("POST", "/api/admin/gc" + how).statusCode()).isEqualTo(202);
    Await.until("the collection ends", () -> !state().getBoolean("running"));
    return state().getJsonObject(report);
  }

  private static long storeBytes() throws IOException {
    try (Stream<Path> files = Files.walk(hub.dataDirectory().resolve("store"))) {
      return files
          .filter(file -> file.toString().endsWith(".pack"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static void assertReadable(String name) throws Exception {
    try (ZdbConnection backend = new ZdbConnection("127.0.0.1", hub.gatewayPort());
        FlistClient flist =
            new FlistClient(client.download("/Administrator/" + name + ".flist").body())) {
      assertThat(flist.content(flist.entries().get("/content"), backend)).hasSize(FILE_BYTES);
    }
  }

  @Test
  @Order(1)
  void the_disk_shrinks_after_a_flist_was_deleted() throws Exception {
    upload("gone", 1);
    upload("kept", 2);
    delete("gone");
    Await.until(
        "the grace period is over",
        () ->
            collect("?dry-run", "last-dry-run").getJsonObject("garbage").getInt("bytes")
                > FILE_BYTES);
    assertThat(storeBytes()).isGreaterThan(2 * FILE_BYTES);

    JsonObject report = collect("", "last");

    assertThat(report.getJsonObject("deleted").getInt("chunks")).isEqualTo(6);
    assertThat(report.getInt("reclaimed")).isGreaterThan(FILE_BYTES);
    assertThat(storeBytes()).isLessThan(FILE_BYTES + 10_000);
    assertReadable("kept");
    assertThat(client.get("/metrics").body())
        .containsPattern("hub_space_run_timestamp_seconds\\{work=\"collection\"} [1-9]")
        .containsPattern("hub_collection_bytes\\{use=\"flists\"} [1-9]")
        .contains("hub_space_run_failed{work=\"collection\"} 0.0\n");
  }

  @Test
  @Order(2)
  void a_flist_that_cannot_be_read_is_named_and_nothing_is_deleted() throws Exception {
    upload("gone", 3);
    delete("gone");
    Path broken = hub.dataDirectory().resolve("public/users/Administrator/broken.flist");
    Files.writeString(broken, "this is no flist");

    collect("", "last");

    assertThat(state().getJsonObject("failure").getString("message"))
        .startsWith("nothing was deleted: ")
        .contains("broken.flist");
    assertThat(storeBytes()).isGreaterThan(2 * FILE_BYTES);
    Files.delete(broken);
  }

  @Test
  @Order(3)
  void a_collection_that_was_killed_is_made_up_for_after_the_restart() throws Exception {
    for (int i = 10; i < 18; i++) {
      upload("f" + i, i);
    }
    for (int i = 10; i < 18; i += 2) {
      delete("f" + i);
    }
    Await.until(
        "the grace period is over",
        () ->
            collect("?dry-run", "last-dry-run").getJsonObject("garbage").getInt("bytes")
                > 4 * FILE_BYTES);
    JsonObject before = state().getJsonObject("last");
    KillHarness.kill(
        "a collection",
        () -> client.send("POST", "/api/admin/gc").statusCode() == 202,
        100,
        hub::kill);
    hub.restart();

    Await.until(
        "the collection has ended",
        () -> !state().getBoolean("running") && !before.equals(state().getJsonObject("last")));

    assertThat(storeBytes()).isLessThan(6 * FILE_BYTES);
    assertReadable("kept");
    for (int i = 11; i < 18; i += 2) {
      assertReadable("f" + i);
    }
  }
}
