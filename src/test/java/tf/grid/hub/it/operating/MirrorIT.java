package tf.grid.hub.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;
import tf.grid.hub.it.AuditLines;

/** A hub that follows another one. */
class MirrorIT {
  private static final String APPS = "mirrored-apps";
  private static final String LINKS = "mirrored-links";

  private final RunningHub source = RunningHub.shared();
  private final Uploader client = new Uploader(source.uri("/"));

  @Test
  void a_mirror_is_equal_to_its_source_also_after_it_was_killed() throws Exception {
    publish("one", 1);
    publish("two", 2);
    link(APPS, "latest.flist", "one.flist");
    link(APPS, "broken.flist", "../" + LINKS + "/none.flist");
    link(LINKS, "app.flist", "../" + APPS + "/one.flist");
    link(LINKS, "stable", "../" + APPS + "/.tag-v1");
    link(APPS + "/.tag-v1", "a.flist", "../../" + APPS + "/one.flist");
    Map<String, String> settings =
        Map.of(
            "HUB_MIRROR_SOURCE",
            source.uri("").toString(),
            "HUB_MIRROR_REPOSITORIES",
            APPS + "," + LINKS,
            "HUB_MIRROR_INTERVAL",
            "PT1S");
    try (RunningHub mirror = RunningHub.start(settings)) {
      Uploader reader = new Uploader(mirror.uri("/"));
      awaitEqual(reader);
      readContent(mirror, "/" + APPS + "/latest.flist");
      assertThat(reader.upload("x.tar", new TarBytes().file("a", "b").tar()).body())
          .contains("readonly mode");
      assertThat(reader.get("/health/ready").body())
          .contains("{\"name\":\"mirror\",\"status\":\"UP\"}");
      assertThat(reader.get("/admin").body()).contains("This hub follows");
      assertThat(reader.postText("/api/admin/mirror", "source=" + source.uri("")).statusCode())
          .isEqualTo(400);
      mirror.kill();
      publish("three", 3);
      Files.move(repository(APPS).resolve("two.flist"), repository(APPS).resolve("2.flist"));
      Files.delete(repository(LINKS).resolve("app.flist"));
      link(APPS + "/.tag-v1", "b.flist", "../../" + APPS + "/2.flist");
      // As the hub does it, so that the time of the repository moves.
      link(APPS, "moved.flist", "2.flist");
      mirror.restart();
      awaitEqual(reader);
      readContent(mirror, "/" + APPS + "/2.flist");
      readContent(mirror, "/" + APPS + "/tags/v1/b.flist");
      Await.until(
          "the mirror says that it is equal",
          () -> state(reader).containsKey("current") && !state(reader).getBoolean("lagging"));
      assertThat(state(reader).getJsonArray("problems")).isEmpty();
    }
  }

  @Test
  void a_copy_of_a_repository_reaches_no_private_address() throws Exception {
    String wish = "source=" + source.uri("") + "&repository=" + APPS;
    HttpResponse<String> answer = client.postText("/api/admin/mirror", wish);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String job = object(answer.body()).getString("jobid");
    assertThat(client.get("/listen/" + job).body())
        .contains("\"status\":\"error\"")
        .contains("would be asked without TLS");
    new AuditLines(source.dataDirectory().resolve("audit.log")).await("\"mirror\"", APPS);
  }

  private void publish(String name, int seed) throws IOException {
    byte[] content = new byte[1_200_000];
    new Random(seed).nextBytes(content);
    byte[] archive = new TarBytes().file("content", content).tar();
    String own = "for-the-mirror-" + name;
    assertThat(client.upload(own + ".tar", archive).statusCode()).isEqualTo(200);
    Path users = source.dataDirectory().resolve("public/users");
    Files.createDirectories(repository(APPS));
    Files.move(
        users.resolve("Administrator/" + own + ".flist"),
        repository(APPS).resolve(name + ".flist"));
  }

  private Path repository(String name) {
    return source.dataDirectory().resolve("public/users").resolve(name);
  }

  private void link(String directory, String name, String target) throws IOException {
    Files.createDirectories(repository(directory));
    Files.createSymbolicLink(repository(directory).resolve(name), Path.of(target));
  }

  private void awaitEqual(Uploader mirror) throws IOException {
    Await.value("the mirror is equal", () -> catalogue(mirror), catalogue(client)::equals);
  }

  /** Names, types and targets of both repositories and the tag. */
  private static List<String> catalogue(Uploader hub) throws IOException {
    return Stream.of(APPS, LINKS, APPS + "/tags/v1")
        .flatMap(
            path -> {
              try {
                HttpResponse<String> answer = hub.get("/api/flist/" + path);
                return answer.statusCode() == 200
                    ? array(answer.body()).stream().map(entry -> path + entry(entry.asJsonObject()))
                    : Stream.of(path + " is missing");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static String entry(JsonObject entry) {
    return " "
        + entry.getString("name")
        + " "
        + entry.getString("type")
        + " "
        + entry.getString("target", "");
  }

  private static void readContent(RunningHub hub, String path) throws Exception {
    byte[] flist = new Uploader(hub.uri("/")).download(path).body();
    try (ZdbConnection backend = new ZdbConnection("127.0.0.1", hub.gatewayPort());
        FlistClient reader = new FlistClient(flist)) {
      FlistClient.Entry file = reader.entries().get("/content");
      assertThat(reader.content(file, backend)).hasSize((int) file.size());
    }
  }

  private static JsonObject state(Uploader hub) throws IOException {
    return object(hub.get("/api/admin/mirror").body()).getJsonObject("payload");
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static JsonArray array(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readArray();
    }
  }
}
