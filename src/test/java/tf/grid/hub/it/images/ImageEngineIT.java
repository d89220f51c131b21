package tf.grid.hub.it.images;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import tf.grid.hub.image.bench.RegistryServer;

/** A hub that has a real Docker engine fetch all images, which keeps nothing of them. */
@NeedsPrograms(
    value = {"docker-registry", "skopeo", "busybox", "dockerd", "curl"},
    root = true)
class ImageEngineIT {
  @TempDir static Path directory;
  private static RegistryServer registry;
  private static HeldRegistry held;
  private static ContainerEngine docker;
  private static RunningHub hub;
  private static Uploader client;

  @BeforeAll
  static void start() throws IOException {
    registry = RegistryServer.plain();
    registry.push(OddImage.in(directory.resolve("odd")), "odd:1");
    held = new HeldRegistry(registry);
    docker = ContainerEngine.docker();
    hub =
        RunningHub.start(
            Map.of(
                "HUB_IMAGE_SOURCE",
                "engine",
                "HUB_DOCKER_HOST",
                docker.host().toString(),
                "HUB_IMAGE_INSECURE_REGISTRIES",
                registry.name() + "," + held.name()));
    client = new Uploader(hub.uri("/"));
  }

  @AfterAll
  static void stop() throws IOException {
    hub.close();
    docker.close();
    held.close();
    registry.close();
  }

  @Test
  void an_image_becomes_a_flist_as_docker_exports_it() throws Exception {
    HttpResponse<String> answer = client.post("/api/flist/me/docker", form(registry, "exported"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(tree("exported"))
        .containsKeys("/.dockerenv", "/.startup.toml", "/opaque/fresh", "/was-file/inside")
        .doesNotContainKeys("/etc/old-name", "/opaque/gone", "/gone-directory/inside")
        .containsEntry("/dev/loop7", "special 1 666 0:0 7,7")
        .hasEntrySatisfying("/bin/su", su -> assertThat(su).startsWith("file 4755 0:0 7 "));
    JsonObject metadata = json(client.get("/api/flist/Administrator/exported/metadata"));
    assertThat(metadata.getString("user")).isEqualTo("1000:1000");
    assertThat(metadata.getJsonArray("entrypoint")).hasSize(4);
    assertThat(metadata.getJsonObject("xattr")).containsKey("/bin/ping");
    assertThat(metadata.getJsonObject("image").getString("digest")).startsWith("sha256:");
    assertNothingLeft();
  }

  @Test
  void an_exported_image_runs_as_the_converted_one_would() throws Exception {
    String program = "echo $GREETING; busybox stat -c '%u %a' /bin/su; busybox id -u";
    registry.push(
        OddImage.layout(directory.resolve("program"))
            .config(
                """
                {"Entrypoint": ["/bin/sh", "-c"], "Cmd": ["%s"], "User": "1000:1000",
                 "Env": ["PATH=/bin", "GREETING=hello"], "ExposedPorts": {"80/tcp": {}},
                 "Volumes": {"/data": {}}, "Labels": {"bench": "odd"}}\
                """
                    .formatted(program))
            .write(),
        "program:1");
    Form form = new Form().field("image", registry.name() + "/program:1").field("name", "Program");
    assertThat(client.post("/api/flist/me/docker", form).statusCode()).isEqualTo(200);

    byte[] image = client.download("/api/flist/Administrator/Program/image").body();
    assertThat(client.download("/api/flist/Administrator/Program/image").body()).isEqualTo(image);
    docker.load(Files.write(directory.resolve("program.tar"), image));
    assertThat(docker.run("administrator/program:latest")).isEqualTo("hello\r\n0 4755\r\n1000\r\n");
    JsonObject config =
        Json.createReader(new StringReader(docker.get("/images/administrator/program:latest/json")))
            .readObject()
            .getJsonObject("Config");
    assertThat(config.getJsonObject("ExposedPorts")).containsOnlyKeys("80/tcp");
    assertThat(config.getJsonObject("Volumes")).containsOnlyKeys("/data");
    assertThat(config.getJsonObject("Labels").getString("bench")).isEqualTo("odd");
    docker.delete("/images/administrator/program:latest");

    HttpResponse<String> again = client.put("/api/flist/me/image/Again", image);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(tree("Again")).isEqualTo(tree("Program"));
    assertNothingLeft();
  }

  @Test
  void what_the_engine_cannot_have_is_said_and_leaves_nothing() throws Exception {
    Form missing = new Form().field("image", registry.name() + "/odd:missing");
    assertRefused(client.post("/api/flist/me/docker", missing), "docker image not found");
    Form foreign = form(registry, "refused").field("platform", "linux/s390x");
    assertRefused(client.post("/api/flist/me/docker", foreign), "could not pull this image");
    Form inside = new Form().field("image", "127.0.0.1:1/odd:1");
    assertRefused(client.post("/api/flist/me/docker", inside), "could not pull this image");
    assertThat(client.get("/api/flist/Administrator/refused/light").statusCode()).isEqualTo(404);
    assertNothingLeft();
  }

  @Test
  void a_pull_that_is_cancelled_leaves_nothing() throws Exception {
    Form form =
        new Form()
            .field("image", held.name() + "/odd:1")
            .field("name", "cancelled")
            .field("background", "true");
    String job = json(client.post("/api/flist/me/docker", form)).getString("jobid");
    held.awaitAsked();
    try (EventListener listener = new EventListener(hub.uri("/listen/" + job), 0)) {
      assertThat(client.send("DELETE", "/api/jobs/" + job).statusCode()).isEqualTo(200);
      assertThat(listener.last().data().getString("message")).isEqualTo("cancelled");
    }
    held.release();
    assertThat(client.get("/api/flist/Administrator/cancelled/light").statusCode()).isEqualTo(404);
    assertNothingLeft();
  }

  private static Form form(RegistryServer registry, String name) {
    return new Form().field("image", registry.name() + "/odd:1").field("name", name);
  }

  private static void assertRefused(HttpResponse<String> answer, String message) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    assertThat(json(answer).getString("message")).startsWith(message);
  }

  private static void assertNothingLeft() throws IOException {
    assertThat(docker.get("/containers/json?all=1").strip()).isEqualTo("[]");
    assertThat(docker.get("/images/json?all=1").strip()).isEqualTo("[]");
    try (Stream<Path> files = Files.walk(hub.dataDirectory().resolve("work"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static Map<String, String> tree(String name) throws IOException, SQLException {
    byte[] flist = client.download("/Administrator/" + name + ".flist").body();
    try (ZdbConnection backend = new ZdbConnection("127.0.0.1", hub.gatewayPort())) {
      return FileTree.ofFlist(flist, backend);
    }
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }
}
