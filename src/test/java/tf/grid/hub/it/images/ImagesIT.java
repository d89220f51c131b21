package tf.grid.hub.it.images;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.EventListener;
import tf.grid.hub.client.FileTree;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.Uploader.Form;
import tf.grid.hub.client.ZdbConnection;
import tf.grid.hub.image.bench.ContainerEngine;
import tf.grid.hub.image.bench.HeldRegistry;
import tf.grid.hub.image.bench.OddImage;
import tf.grid.hub.image.bench.Program;
import tf.grid.hub.image.bench.RegistryServer;
import tf.grid.hub.image.bench.StandIn;
import tf.grid.hub.image.engine.Engine;
import tf.grid.hub.image.engine.EngineImage;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;

/** Images become flists, from a real registry, by a real engine, and from archives. */
@NeedsPrograms(
    value = {"docker-registry", "skopeo", "busybox", "podman", "dockerd", "curl"},
    root = true)
class ImagesIT {
  /** Nobody listens there; Podman is told to ask the real registry instead. */
  private static final String UNREACHABLE = "127.0.0.1:1";

  @TempDir static Path directory;
  private static String layout;
  private static RegistryServer registry;
  private static HeldRegistry held;
  private static StandIn refusing;
  private static ContainerEngine podman;
  private static RunningHub hub;
  private static Uploader client;
  private static Map<String, String> expected;

  @BeforeAll
  static void start() throws IOException {
    layout = OddImage.in(directory.resolve("odd"));
    registry = RegistryServer.plain();
    registry.push(layout, "odd:1");
    held = new HeldRegistry(registry);
    refusing = StandIn.plain();
    refusing.onManifest("latest", StandIn.status(429, "Retry-After", "7"));
    podman = ContainerEngine.podmanWithMirror(UNREACHABLE, registry.name());
    hub =
        RunningHub.start(
            Map.of(
                "HUB_IMAGE_INSECURE_REGISTRIES",
                String.join(",", registry.name(), held.name(), refusing.name(), UNREACHABLE),
                "HUB_DOCKER_HOST",
                podman.host().toString()));
    client = new Uploader(hub.uri("/"));
    expected = exported(podman, UNREACHABLE + "/odd:1");
  }

  @AfterAll
  static void stop() throws IOException {
    hub.close();
    held.close();
    refusing.close();
    podman.close();
    registry.close();
  }

  @Test
  void an_image_of_a_registry_has_the_files_that_podman_exports() throws Exception {
    assertConverted(convert(registry.name() + "/odd:1", "plain"), "plain");
  }

  @Test
  void docker_exports_the_same_but_for_what_it_adds_of_its_own() throws Exception {
    try (ContainerEngine docker = ContainerEngine.docker()) {
      Map<String, String> export = exported(docker, registry.name() + "/odd:1");
      Map<String, String> ours = new TreeMap<>(expected);
      Set<String> itsOwn =
          Set.of(
              "/.dockerenv",
              "/dev/console",
              "/etc/hostname",
              "/etc/hosts",
              "/etc/mtab",
              "/etc/resolv.conf");
      // Docker gives directories that no layer tells of a mode that nobody asked for.
      export.keySet().removeIf(path -> path.matches("/long(/n+)?"));
      ours.keySet().removeIf(path -> path.matches("/long(/n+)?"));
      export.keySet().removeAll(itsOwn);
      ours.keySet().removeAll(itsOwn);
      assertThat(export).isEqualTo(ours);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zstd, --dest-compress-format zstd --dest-compress",
    "schema2, --format v2s2",
    "plain-layers, --dest-decompress"
  })
  void packing_and_kind_of_manifest_make_no_difference(String tag, String options)
      throws Exception {
    String source = layout;
    if (tag.equals("plain-layers")) {
      source = "dir:" + directory.resolve("decompressed");
      Program.run("skopeo", "copy", "--insecure-policy", "--quiet", options, layout, source);
      registry.push(source, "odd:" + tag, "--preserve-digests");
    } else {
      registry.push(source, "odd:" + tag, options.split(" "));
    }
    assertConverted(convert(registry.name() + "/odd:" + tag, tag), tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-archive", "oci-archive"})
  void an_archive_of_an_image_has_the_same_files(String kind) throws Exception {
    Path file = directory.resolve(kind + ".tar");
    String target = kind + ":" + file + (kind.startsWith("docker") ? ":odd:1" : "");
    Program.run("skopeo", "copy", "--insecure-policy", "--quiet", layout, target);
    byte[] archive = Files.readAllBytes(file);

    assertConverted(client.put("/api/flist/me/image/put-" + kind, archive), "put-" + kind);
    Form form = new Form().file("file", "any.tar", archive).field("name", "form-" + kind);
    assertConverted(client.post("/api/flist/me/image", form), "form-" + kind);
    assertRefused(
        client.put("/api/flist/me/image/refused?platform=linux/arm64", archive),
        500,
        "the archive has no image for linux/arm64, but for linux/amd64");
  }

  @Test
  void the_form_of_the_page_converts_images_too() throws Exception {
    Form form =
        new Form().field("image", registry.name() + "/odd:1").field("platform", "linux/amd64");
    HttpResponse<String> sent =
        client.with("Accept", "text/html").post("/docker-convert", form.field("name", "by-page"));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    assertThat(sent.headers().firstValue("Location").orElse(""))
        .endsWith("/Administrator/by-page.flist.md");
    assertThat(tree("by-page")).isEqualTo(expected);
    assertNothingLeft();
  }

  @Test
  void an_engine_helps_where_the_hub_cannot_reach_the_registry() throws Exception {
    assertConverted(convert(UNREACHABLE + "/odd:1", "by-engine"), "by-engine");
    assertThat(podman.get("/containers/json?all=1").strip()).isEqualTo("[]");
    assertThat(podman.get("/images/json?all=1").strip()).isEqualTo("[]");
    JsonObject metadata = json(client.get("/api/flist/Administrator/by-engine/metadata"));
    assertThat(metadata.getJsonArray("entrypoint")).hasSize(4);
    assertThat(metadata.getJsonObject("image").getString("reference"))
        .isEqualTo(UNREACHABLE + "/odd:1");
  }

  @Test
  void what_cannot_be_had_is_said_and_leaves_nothing() throws Exception {
    assertRefused(
        convert(registry.name() + "/odd:missing", "refused"), 500, "docker image not found");
    assertRefused(convert(UNREACHABLE + "/odd:missing", "refused"), 500, "docker image not found");
    Form foreign =
        new Form()
            .field("image", registry.name() + "/odd:1")
            .field("name", "refused")
            .field("platform", "linux/s390x");
    assertRefused(client.post("/api/flist/me/docker", foreign), 500, "could not pull this image");
    assertRefused(
        client.post("/api/flist/me/docker", new Form().field("name", "refused")),
        400,
        "missing docker image name");
    assertRefused(convert("127.0.0.1:2/odd:1", "refused"), 500, "could not pull this image");
    assertRefused(convert("127.1:22/x", "refused"), 400, "the registry '127.1:22' is no name");
    assertThat(client.get("/api/flist/Administrator/refused/light").statusCode()).isEqualTo(404);
    assertNothingLeft();
  }

  @Test
  void a_registry_that_grants_no_more_pulls_says_when_to_come_back() throws Exception {
    HttpResponse<String> answer = convert(refusing.name() + "/app", "refused");
    assertRefused(answer, 500, "could not pull this image: " + refusing.name() + " grants no more");
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    assertThat(refusing.requests("/v2/app/")).hasSize(1);
  }

  @Test
  void a_conversion_is_watched_while_it_runs_and_cancelled() throws Exception {
    String cancelled = started("cancelled");
    String watched = started("watched");
    held.awaitAsked();
    try (EventListener early = new EventListener(hub.uri("/listen/" + watched), 0);
        EventListener late = new EventListener(hub.uri("/listen/" + watched), 0);
        EventListener other = new EventListener(hub.uri("/listen/" + cancelled), 0)) {
      assertThat(early.contentType()).startsWith("text/event-stream");
      EventListener.Event first = early.next();
      assertThat(first.data().getString("status")).isEqualTo("update");
      assertThat(late.next().data().getString("status")).isEqualTo("update");
      assertThat(json(client.get("/api/jobs/" + watched)).getString("status")).isEqualTo("update");

      assertThat(client.send("DELETE", "/api/jobs/" + cancelled).statusCode()).isEqualTo(200);
      assertThat(other.last().data().getString("status")).isEqualTo("error");

      held.release();
      EventListener.Event end = early.last();
      assertThat(end.data().getString("status")).as(end.toString()).isEqualTo("info");
      assertThat(end.id()).isGreaterThan(first.id());
      assertThat(late.last()).isEqualTo(end);
      assertHeardAgain(watched, end);
    }
    assertThat(tree("watched")).isEqualTo(expected);
    assertThat(client.get("/api/flist/Administrator/cancelled/light").statusCode()).isEqualTo(404);
  }

  private static void assertHeardAgain(String job, EventListener.Event end) throws IOException {
    try (EventListener again = new EventListener(hub.uri("/listen/" + job), end.id() - 1);
        EventListener knowing = new EventListener(hub.uri("/listen/" + job), 1)) {
      assertThat(again.next()).isEqualTo(end);
      assertThat(again.next()).isNull();
      assertThat(knowing.next()).isEqualTo(end);
    }
  }

  @Test
  void nobody_listens_to_a_job_that_is_not_there() throws Exception {
    for (String id : new String[] {"unknown", "00000000-0000-0000-0000-000000000000"}) {
      HttpResponse<String> answer = client.get("/listen/" + id);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/json");
      assertThat(json(answer).getString("message")).isEqualTo("job id not found");
    }
  }

  @Test
  void below_the_word_image_are_archives_to_put_and_views_of_a_flist() throws Exception {
    assertThat(client.get("/api/flist/me/image/x").statusCode()).isEqualTo(405);
    assertThat(client.send("DELETE", "/api/flist/me/image/x").statusCode()).isEqualTo(405);
    assertThat(client.get("/api/flist/me/image/light").body())
        .isEqualTo(client.get("/api/flist/me/other/light").body());
  }

  private static HttpResponse<String> convert(String image, String name) throws IOException {
    return client.post(
        "/api/flist/me/docker", new Form().field("image", image).field("name", name));
  }

  private static String started(String name) throws IOException {
    Form form =
        new Form()
            .field("image", held.name() + "/odd:1")
            .field("name", name)
            .field("background", "true");
    HttpResponse<String> answer = client.post("/api/flist/me/docker", form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).getString("jobid");
  }

  private static void assertConverted(HttpResponse<String> answer, String name) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).getJsonObject("payload").getString("name")).isEqualTo(name + ".flist");
    assertThat(tree(name)).isEqualTo(expected);
    assertNothingLeft();
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String message) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).getString("message")).startsWith(message);
  }

  private static void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.walk(hub.dataDirectory().resolve("work"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  /** What machines see, without the file that the hub adds. */
  private static Map<String, String> tree(String name) throws IOException, SQLException {
    byte[] flist = client.download("/Administrator/" + name + ".flist").body();
    try (ZdbConnection backend = new ZdbConnection("127.0.0.1", hub.gatewayPort())) {
      Map<String, String> tree = FileTree.ofFlist(flist, backend);
      assertThat(tree.remove("/.startup.toml")).startsWith("file 644 0:0 ");
      return tree;
    }
  }

  private static Map<String, String> exported(ContainerEngine server, String reference)
      throws IOException {
    Set<String> trusted = Set.of(registry.name(), UNREACHABLE);
    AddressGuard guard = new AddressGuard(trusted, false, NameLookup.SYSTEM);
    try (Engine engine = new Engine(server.host(), guard, "bench");
        EngineImage image =
            engine.open(
                ImageReference.parse(reference),
                Platform.DEFAULT,
                Optional.empty(),
                Progress.NONE);
        InputStream export = image.export(1L << 30)) {
      return FileTree.ofTar(export);
    }
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }
}
