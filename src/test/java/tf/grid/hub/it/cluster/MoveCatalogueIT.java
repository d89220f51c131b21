package tf.grid.hub.it.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.store.redis.RedisServer;

/** A hub with a directory that becomes one with a database, and one with a directory again. */
@NeedsPrograms({"redis-server", PostgresqlServer.PROGRAM})
class MoveCatalogueIT {
  private static final Path SMALL =
      Path.of("src/test/resources/vectors/samples/sample-small.tar.gz");
  private static final List<String> READ =
      List.of(
          "/api/flist",
          "/api/repositories",
          "/api/fileslist",
          "/api/flist/Administrator",
          "/api/flist/Administrator/tags/v1",
          "/Administrator/app.flist",
          "/Administrator/app.flist.md5",
          "/Administrator/latest.flist",
          "/Administrator/tags/v1/app.flist");

  @TempDir private Path directory;

  @Test
  void readers_notice_nothing_when_a_hub_moves_to_a_database_and_back() throws Exception {
    String name = PostgresqlServer.shared().newDatabase();
    try (RedisServer redis = RedisServer.start(directory)) {
      Map<String, String> settings =
          new HashMap<>(
              Map.of(
                  "HUB_STORE", "redis",
                  "HUB_STORE_HOST", "127.0.0.1",
                  "HUB_STORE_PORT", Integer.toString(redis.port()),
                  "HUB_GATEWAY_ENABLED", "false",
                  "HUB_DATABASE_URL", PostgresqlServer.shared().url(name),
                  "HUB_DATABASE_USER", PostgresqlServer.USER,
                  "HUB_AUTH_ENABLED", "false"));
      Path data = directory.resolve("data");
      settings.put("HUB_DATA_DIR", data.toString());
      List<String> before;
      try (RunningHub hub = RunningHub.start(settings)) {
        Uploader client = new Uploader(hub.uri("/"));
        ok(client.upload("app.tar.gz", Files.readAllBytes(SMALL)));
        ok(client.send("PUT", "/api/flist/me/app/link/latest"));
        ok(client.send("PUT", "/api/flist/me/v1/app/tag/Administrator/app"));
        assertThat(move(settings, "--import-catalogue")).contains("status 1", "no other hub uses");
        before = answers(hub);
      }
      assertThat(move(settings, "--import-catalogue"))
          .contains(
              "status 0", "Flists: 1 written", "Links: 1 written", "Links in tags: 1 written");
      assertThat(move(settings, "--import-catalogue")).contains("status 0", "Flists: 0 written");

      settings.put("HUB_DATA_DIR", directory.resolve("other").toString());
      settings.put("HUB_CATALOGUE", "postgresql");
      try (RunningHub hub = RunningHub.start(settings)) {
        assertThat(answers(hub)).isEqualTo(before);
      }
      assertThat(move(settings, "--export-catalogue")).contains("status 0", "Flists: 1 written");
      settings.put("HUB_CATALOGUE", "directory");
      try (RunningHub hub = RunningHub.start(settings)) {
        assertThat(answers(hub)).isEqualTo(before);
      }
    }
  }

  private static List<String> answers(RunningHub hub) throws IOException {
    Uploader client = new Uploader(hub.uri("/"));
    List<String> answers = new ArrayList<>();
    for (String path : READ) {
      HttpResponse<byte[]> answer = client.download(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      answers.add(
          path
              + " "
              + answer.headers().firstValue("Last-Modified").orElse("")
              + " "
              + new String(answer.body(), ISO_8859_1));
    }
    return answers;
  }

  private String move(Map<String, String> settings, String option) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + directory,
            "-jar",
            Path.of("target", "hub.jar").toAbsolutePath().toString(),
            option);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("HUB_"));
    builder.environment().putAll(settings);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return said + "status " + process.waitFor();
  }

  private static void ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
