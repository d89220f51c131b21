package tf.grid.hub.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.store.redis.RedisServer;

/** What monitoring systems learn of a hub whose parts fail and recover. */
@NeedsPrograms({"redis-server", "prometheus"})
class HealthIT {
  private static final int DISK = 4 << 20;

  @TempDir static Path directory;
  private static RedisServer redis;
  private static SmallDisk flists;
  private static RunningHub hub;
  private static Uploader client;

  @BeforeAll
  static void start() throws IOException {
    redis = RedisServer.start(directory);
    flists = SmallDisk.at(directory.resolve("flists"), DISK);
    hub =
        RunningHub.start(
            Map.of(
                "HUB_STORE", "redis",
                "HUB_STORE_HOST", "127.0.0.1",
                "HUB_STORE_PORT", Integer.toString(redis.port()),
                "HUB_GATEWAY_ENABLED", "false",
                "HUB_PUBLIC_DIR", flists.path().toString(),
                "HUB_HEALTH_FREE_BYTES", "1 MiB",
                "HUB_LOG_FORMAT", "json"));
    client = new Uploader(hub.uri("/"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (hub != null) {
      hub.close();
    }
    if (flists != null) {
      flists.close();
    }
    redis.close();
  }

  @Test
  void prometheus_fires_an_alert_while_the_hub_is_not_ready() throws Exception {
    awaitDown(List.of());
    Path aside = directory.resolve("ledger-aside");
    try (PrometheusServer prometheus = PrometheusServer.scraping(hub.port(), directory)) {
      prometheus.awaitScrape();
      prometheus.awaitAlert("HubNotReady", false);
      Path ledger = hub.dataDirectory().resolve("tokens.sqlite3");
      Files.move(ledger, aside);
      prometheus.awaitAlert("HubNotReady", true);
      Files.move(aside, ledger);
      prometheus.awaitAlert("HubNotReady", false);
    }
  }

  @Test
  void the_log_is_json_and_names_the_request() throws Exception {
    awaitDown(List.of());
    Files.createDirectories(flists.path().resolve("users/bob"));
    Files.createSymbolicLink(
        flists.path().resolve("users/bob/out.flist"), Path.of("/etc/hostname"));
    new Uploader(hub.uri("/"))
        .with("X-Request-Id", "find-me")
        .get("/api/flist/bob/out.flist/light");
    new Uploader(hub.uri("/")).with("X-Request-Id", "find-me").get("/bob/out.flist");
    Await.until("the request is in the log", () -> hub.log().contains("\"request\":\"find-me\""));
    List<String> lines = hub.log().lines().filter(line -> line.startsWith("{")).toList();
    for (String line : lines) {
      try (JsonReader reader = Json.createReader(new StringReader(line))) {
        assertThat(reader.readObject()).containsKeys("time", "level", "logger", "message");
      }
    }
    assertThat(lines).anyMatch(line -> line.contains("The hub is ready after"));
  }

  @Test
  void a_store_that_stops_makes_the_hub_unready_until_it_is_back() throws Exception {
    awaitDown(List.of());
    redis.stop();
    awaitDown(List.of("store"));
    assertThat(client.get("/health").statusCode()).isEqualTo(503);
    assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
    redis = RedisServer.startOn(redis.port(), directory);
    awaitDown(List.of());
  }

  @Test
  void a_store_that_does_not_answer_makes_the_hub_unready_too() throws Exception {
    awaitDown(List.of());
    redis.pause();
    awaitDown(List.of("store"));
    redis.resume();
    awaitDown(List.of());
  }

  @Test
  void a_disk_with_little_room_makes_the_hub_unready_until_there_is_some() throws Exception {
    awaitDown(List.of());
    Path filling = Files.write(flists.path().resolve("filling"), new byte[DISK * 7 / 8]);
    awaitDown(List.of("disk"));
    Files.delete(filling);
    awaitDown(List.of());
  }

  @Test
  void a_users_directory_without_write_access_makes_the_hub_unready() throws Exception {
    awaitDown(List.of());
    flists.setReadOnly(true);
    awaitDown(List.of("catalogue"));
    flists.setReadOnly(false);
    awaitDown(List.of());
    assertThat(hub.log())
        .contains("health: the directory of flists cannot be written: ")
        .contains("health: catalogue works again");
  }

  @Test
  void a_missing_ledger_makes_the_hub_unready() throws Exception {
    awaitDown(List.of());
    Path ledger = hub.dataDirectory().resolve("tokens.sqlite3");
    Path aside = Files.move(ledger, directory.resolve("aside"));
    awaitDown(List.of("ledger"));
    Files.move(aside, ledger);
    awaitDown(List.of());
  }

  @Test
  void responses_are_those_of_microprofile_health_and_never_cached() throws Exception {
    awaitDown(List.of());
    HttpResponse<String> answer = client.get("/health/ready");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"UP\",\"checks\":[{\"name\":\"store\",\"status\":\"UP\"},"
                + "{\"name\":\"catalogue\",\"status\":\"UP\"},{\"name\":\"disk\",\"status\":\"UP\"},"
                + "{\"name\":\"ledger\",\"status\":\"UP\"}]}\n");
    assertThat(client.get("/health/started").body()).startsWith("{\"status\":\"UP\"");
    assertThat(client.get("/health/other").statusCode()).isEqualTo(404);
  }

  /** Waits until exactly these checks fail, and the status says so. */
  private static void awaitDown(List<String> checks) throws Exception {
    HttpResponse<String> answer =
        Await.value(
            "the failed checks are " + checks,
            () -> client.get("/health/ready"),
            response -> failed(response).equals(checks));
    assertThat(answer.statusCode()).isEqualTo(checks.isEmpty() ? 200 : 503);
  }

  private static List<String> failed(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject().getJsonArray("checks").stream()
          .map(JsonValue::asJsonObject)
          .filter(check -> check.getString("status").equals("DOWN"))
          .map(HealthIT::named)
          .toList();
    }
  }

  private static String named(JsonObject check) {
    assertThat(check.getJsonObject("data").getString("reason")).isNotEmpty();
    return check.getString("name");
  }
}
