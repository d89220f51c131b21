package tf.grid.hub.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.image.bench.OddImage;
import tf.grid.hub.image.bench.Program;
import tf.grid.hub.image.bench.RegistryServer;
import tf.grid.hub.it.client.ClientProgram.Run;

/** Images that the client converts are those that the hub would make of them. */
@NeedsPrograms({"skopeo", "docker-registry", "busybox"})
class ImagePushIT {
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader SITE = new Uploader(HUB.uri("/"));

  @TempDir static Path home;
  private static String layout;

  @BeforeAll
  static void log_in() throws Exception {
    layout = OddImage.in(Files.createDirectories(home.resolve("layout")));
    assertThat(client(Map.of()).run("login", HUB.uri("").toString()).code()).isZero();
  }

  @Test
  void an_archive_becomes_the_flist_that_the_hub_makes() throws Exception {
    for (String format : new String[] {"docker-archive", "oci-archive"}) {
      Path archive = home.resolve(format + ".tar");
      Program.run(
          "skopeo",
          "copy",
          "--insecure-policy",
          "--quiet",
          layout,
          format + ":" + archive + ":odd:1");
      assertThat(SITE.put("/api/flist/me/image/by-hub", Files.readAllBytes(archive)).statusCode())
          .isEqualTo(200);
      JsonObject pushed =
          client(Map.of()).run("push-image", "--json", archive.toString(), "by-client").json();
      assertThat(pushed.getInt("sentChunks")).isZero();
      assertThat(flist("by-client")).isEqualTo(flist("by-hub"));

      Run read = client(Map.of()).reading(archive, "push-image", "-", "from-input");
      assertThat(read.err()).isEmpty();
      assertThat(flist("from-input")).isEqualTo(flist("by-hub"));
    }
  }

  @Test
  void an_image_of_a_registry_is_fetched_with_saved_credentials() throws Exception {
    try (RegistryServer registry = RegistryServer.withPassword("alice", "secret")) {
      String reference = registry.push(layout, "odd:1", "--dest-creds", "alice:secret");
      Run refused = client(Map.of()).run("push-image", reference, "fetched");
      assertThat(refused.code()).isEqualTo(4);

      Path docker = Files.createDirectories(home.resolve("docker"));
      String login = Base64.getEncoder().encodeToString("alice:secret".getBytes(UTF_8));
      Files.writeString(
          docker.resolve("config.json"),
          "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.name(), login));
      ClientProgram client = client(Map.of("DOCKER_CONFIG", docker.toString()));
      JsonObject first = client.run("push-image", "--json", reference, "fetched").json();
      assertThat(first.getString("name")).isEqualTo("fetched.flist");
      assertThat(client.run("verify", "Administrator/fetched").code()).isZero();
      JsonObject metadata =
          client.run("stat", "--json", "Administrator/fetched").json().getJsonObject("metadata");
      assertThat(metadata.getString("image")).contains("\"reference\":\"" + reference + "\"");
      assertThat(metadata.getString("entrypoint"))
          .isEqualTo("[\"/bin/app\",\"--flag\",\"serve\",\"a b\"]");

      JsonObject again =
          client
              .run("push-image", "--json", "--entrypoint", "/bin/sh", reference, "fetched")
              .json();
      assertThat(again.getInt("bytes")).as("layers are known").isZero();
      assertThat(client.run("stat", "Administrator/fetched").out())
          .contains("entrypoint: [\"/bin/sh\"]");
      assertThat(client.run("push-image", registry.name() + "/absent:1").code()).isEqualTo(3);
    }
  }

  @Test
  void what_is_no_image_is_explained() throws Exception {
    assertThat(client(Map.of()).run("push-image", "UPPER").code()).isEqualTo(2);
    Path archive = home.resolve("files.tar");
    Program.run("tar", "cf", archive.toString(), "-C", home.toString(), "layout");
    Run unnamed = client(Map.of()).run("push-image", archive.toString());
    assertThat(unnamed.code()).isEqualTo(2);
    assertThat(unnamed.err()).contains("which name?");
  }

  private static byte[] flist(String name) throws Exception {
    return SITE.download("/Administrator/" + name + ".flist").body();
  }

  private static ClientProgram client(Map<String, String> environment) {
    return new ClientProgram(home, environment);
  }
}
