package tf.grid.hub.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.image.bench.ContainerEngine;
import tf.grid.hub.image.bench.Program;

/**
 * {@code deployment/Dockerfile}, built by a real engine without a network and run with the least
 * rights that an operator can give.
 */
@NeedsPrograms(
    value = {"dockerd", "docker", "busybox", "tar", "ldd"},
    root = true)
class ContainerImageIT {
  private static final long MOST_BYTES = 350_000_000;
  private static final int PORT = FreePort.next();
  private static final int GATEWAY = FreePort.next();

  private static final String EARLIER =
      """
      config = {
          'official-repositories': ['dockers'],
          'authentication': False,
          'guest-token': secret(),
          'listen-port': 5555,
      }
      """;

  @TempDir private static Path home;
  private static ContainerEngine engine;

  @BeforeAll
  static void build() throws IOException {
    engine = ContainerEngine.dockerForBuilds();
    Program.run(
        "sh", "src/test/resources/container/make-bases", home.toString(), javaHome().toString());
    importTree("run", "base", "ENV PATH=/bin");
    importTree("build", "jdk", "ENV PATH=/bin:/opt/jdk/bin JAVA_HOME=/opt/jdk");
    docker(
        "build",
        "--network=none",
        "--file=deployment/Dockerfile",
        "--build-arg=BASE_IMAGE=base",
        "--build-arg=BUILD_IMAGE=jdk",
        "--tag=hub",
        ".");
  }

  @AfterAll
  static void stop() throws IOException {
    if (engine != null) {
      docker("rm", "--force", "--volumes", "hub");
      engine.close();
    }
  }

  @Test
  void a_container_without_rights_keeps_its_data_over_a_restart() throws Exception {
    Path config = Files.writeString(home.resolve("config.py"), EARLIER);
    docker(
        "run",
        "--detach",
        "--name=hub",
        "--network=host",
        "--read-only",
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--memory=512m",
        "--health-interval=1s",
        "--env=HUB_HTTP_HOST=127.0.0.1",
        "--env=HUB_HTTP_PORT=" + PORT,
        "--env=HUB_GATEWAY_HOST=127.0.0.1",
        "--env=HUB_GATEWAY_PORT=" + GATEWAY,
        "--volume=" + config + ":/hub/src/config.py:ro",
        "hub");
    awaitHealthy();
    Uploader client = new Uploader(URI.create("http://127.0.0.1:" + PORT + "/"));
    HttpResponse<String> answer = client.upload("kept.tar.gz", archive());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    byte[] flist = client.download("/Administrator/kept.flist").body();

    docker("restart", "hub");
    awaitHealthy();
    assertThat(client.download("/Administrator/kept.flist").body()).isEqualTo(flist);
    HttpResponse<String> file = client.get("/Administrator/kept.flist.md?raw&path=/hello");
    assertThat(file.body()).isEqualTo("hello");

    assertThat(docker("logs", "hub"))
        .contains(
            "/hub/src/config.py line 2: official-repositories is hub.official-repositories=dockers",
            "/hub/src/config.py line 4: ignored, not the assignment of a literal: guest-token",
            "/hub/src/config.py: hub.http.port is overridden by the environment")
        .doesNotContain("SEVERE");
    assertThat(docker("exec", "hub", "cat", "/proc/1/status"))
        .contains("Uid:\t65532\t65532\t65532\t65532", "CapEff:\t0000000000000000");
  }

  @Test
  void the_image_is_small_and_says_what_it_is() {
    String size = docker("image", "inspect", "--format={{.Size}}", "hub").strip();
    assertThat(Long.parseLong(size)).isLessThan(MOST_BYTES);
    assertThat(
            docker(
                "image",
                "inspect",
                "--format={{index .Config.Labels \"org.opencontainers.image.title\"}}"
                    + " {{.Config.User}}",
                "hub"))
        .isEqualTo("Zero-OS hub 65532:65532\n");
  }

  private static void awaitHealthy() {
    Await.until(
        "the container is healthy or ends",
        () -> {
          String state =
              docker("inspect", "--format={{.State.Status}} {{.State.Health.Status}}", "hub");
          assertThat(state).as(() -> docker("logs", "hub")).startsWith("running");
          return state.strip().equals("running healthy");
        });
  }

  private static void importTree(String tree, String tag, String change) {
    Path tar = home.resolve(tree + ".tar");
    Program.run("tar", "-C", home.resolve(tree).toString(), "-cf", tar.toString(), ".");
    docker("import", "--change=" + change, tar.toString(), tag);
  }

  private static String docker(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("env", "DOCKER_BUILDKIT=0", "docker", "--host=" + engine.host()));
    command.addAll(List.of(arguments));
    return Program.run(command);
  }

  private static Path javaHome() throws IOException {
    return Path.of(System.getProperty("java.home")).toRealPath();
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] content = "hello".getBytes(StandardCharsets.US_ASCII);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry entry = new TarArchiveEntry("hello");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
