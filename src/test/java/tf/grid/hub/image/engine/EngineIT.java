package tf.grid.hub.image.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.image.PullException.AddressForbiddenException;
import tf.grid.hub.image.PullException.EngineUnavailableException;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.bench.ContainerEngine;
import tf.grid.hub.image.bench.ImageLayout;
import tf.grid.hub.image.bench.OddImage;
import tf.grid.hub.image.bench.RegistryServer;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;

/** Images by way of real engines, which keep nothing of them. */
@NeedsPrograms(
    value = {"docker-registry", "skopeo", "busybox", "podman", "dockerd", "curl"},
    root = true)
class EngineIT {
  @TempDir static Path directory;
  private static RegistryServer registry;
  private static ContainerEngine docker;
  private static ContainerEngine podman;

  @BeforeAll
  static void start() throws IOException {
    registry = RegistryServer.plain();
    registry.push(OddImage.in(directory.resolve("odd")), "odd:1");
    docker = ContainerEngine.docker();
    podman = ContainerEngine.podman(registry.name());
  }

  @AfterAll
  static void stop() throws IOException {
    registry.close();
    docker.close();
    podman.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "podman"})
  void the_files_of_an_image_are_exported_and_the_engine_keeps_nothing(String kind)
      throws IOException {
    ContainerEngine server = server(kind);
    try (Engine engine = engine(server.host());
        EngineImage image = open(engine, registry.name() + "/odd:1")) {
      assertThat(new String(image.config(), UTF_8))
          .contains("\"architecture\":\"amd64\"", "\"bench\"", "a b");
      assertThat(image.digest()).isPresent();
      assertThat(names(image))
          .contains("bin/busybox", "etc/new-name", "opaque/fresh", "was-file/inside", "gone-file")
          .doesNotContain("etc/old-name", "opaque/gone", "gone-directory/inside");
    }
    assertEmpty(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "podman"})
  void an_export_that_nobody_reads_to_its_end_leaves_nothing(String kind) throws IOException {
    ContainerEngine server = server(kind);
    try (Engine engine = engine(server.host())) {
      EngineImage image = open(engine, registry.name() + "/odd:1");
      assertThat(image.export(1L << 30).read()).isNotNegative();
      // Closing the engine, as the hub does when it stops, closes what is open.
    }
    assertEmpty(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "podman"})
  void a_missing_image_is_not_found(String kind) throws IOException {
    try (Engine engine = engine(server(kind).host())) {
      assertThatThrownBy(() -> open(engine, registry.name() + "/missing:1"))
          .isInstanceOf(ImageNotFoundException.class);
      assertThatThrownBy(() -> open(engine, registry.name() + "/odd:missing"))
          .isInstanceOf(ImageNotFoundException.class);
    }
    assertEmpty(server(kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "podman"})
  void what_a_killed_hub_left_is_removed_by_its_successor_only(String kind) throws IOException {
    ContainerEngine server = server(kind);
    String image = registry.name() + "/odd:1";
    try (Engine killed = engine(server.host(), "killed")) {
      open(killed, image);
      try (Engine other = engine(server.host(), "other")) {
        open(other, image).close();
      }
      assertThat(server.get("/containers/json?all=1")).contains("\"tf.grid.hub\":\"killed\"");
      try (Engine successor = engine(server.host(), "killed")) {
        open(successor, image).close();
      }
      assertEmpty(server);
    }
    assertEmpty(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker", "podman"})
  void an_image_that_the_engine_had_gets_its_name_back(String kind) throws IOException {
    ContainerEngine server = server(kind);
    String image = registry.push(OddImage.in(directory.resolve(kind + "-old")), "moved:" + kind);
    server.post("/images/create?fromImage=" + image.replace("/", "%2F").replace(":", "%3A"));
    String had = ids(server);
    assertThat(had).contains("sha256:");
    ImageLayout newer = OddImage.layout(directory.resolve(kind + "-new"));
    registry.push(newer.layer(tar -> {}).write(), "moved:" + kind);

    try (Engine engine = engine(server.host());
        EngineImage opened = open(engine, image)) {
      assertThat(had).doesNotContain(opened.id().hex());
      assertThat(ids(server)).contains(opened.id().hex());
    }
    assertThat(ids(server)).isEqualTo(had);
    assertThat(server.get("/images/" + image + "/json")).contains(had.replace("sha256:", ""));
    server.delete("/images/" + image);
    assertEmpty(server);
  }

  @Test
  void one_name_is_for_one_at_a_time() throws Exception {
    String image = registry.name() + "/odd:1";
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Engine engine = engine(docker.host())) {
      EngineImage first = open(engine, image);
      FutureTask<EngineImage> second = new FutureTask<>(() -> open(engine, image));
      Thread waiting = new Thread(second, "second pull");
      waiting.start();
      Await.waiting("the second pull waits for the first", waiting);
      assertThat(second.isDone()).isFalse();
      first.close();
      second.get().close();

      EngineImage third = open(engine, image);
      CountDownLatch begun = new CountDownLatch(1);
      Future<EngineImage> cancelled =
          threads.submit(
              () -> {
                begun.countDown();
                return open(engine, image);
              });
      begun.await(); // what has not begun would never end
      threads.shutdownNow();
      assertThatThrownBy(cancelled::get).hasCauseInstanceOf(InterruptedIOException.class);
      third.close();
    }
    assertEmpty(docker);
  }

  private static String ids(ContainerEngine server) {
    return Json.createReader(new StringReader(server.get("/images/json?all=1")))
        .readArray()
        .getValuesAs(JsonObject.class)
        .stream()
        .map(image -> image.getString("Id"))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  @Test
  void an_engine_is_not_sent_to_addresses_that_are_not_allowed() throws IOException {
    AddressGuard strict = new AddressGuard(Set.of(), false, NameLookup.SYSTEM);
    try (Engine engine = new Engine(docker.host(), strict, "bench")) {
      assertThatThrownBy(() -> open(engine, registry.name() + "/odd:1"))
          .isInstanceOf(AddressForbiddenException.class);
    }
  }

  @Test
  void an_absent_engine_is_said_to_be_absent() throws IOException {
    try (Engine engine = engine(URI.create("unix://" + directory.resolve("no-socket")))) {
      assertThatThrownBy(() -> open(engine, registry.name() + "/odd:1"))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("hub.docker.host");
    }
  }

  private static void assertEmpty(ContainerEngine server) {
    assertThat(server.get("/containers/json?all=1").strip()).isEqualTo("[]");
    assertThat(server.get("/images/json?all=1").strip()).isEqualTo("[]");
  }

  private static Set<String> names(EngineImage image) throws IOException {
    Set<String> names = new TreeSet<>();
    try (InputStream export = image.export(1L << 30);
        TarArchiveInputStream tar = new TarArchiveInputStream(export)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private static ContainerEngine server(String kind) {
    return kind.equals("docker") ? docker : podman;
  }

  private static Engine engine(URI host) {
    return engine(host, "bench");
  }

  private static Engine engine(URI host, String hub) {
    AddressGuard guard = new AddressGuard(Set.of(registry.name()), false, NameLookup.SYSTEM);
    return new Engine(host, guard, hub);
  }

  private static EngineImage open(Engine engine, String reference) throws IOException {
    return engine.open(
        ImageReference.parse(reference), Platform.DEFAULT, Optional.empty(), Progress.NONE);
  }
}
