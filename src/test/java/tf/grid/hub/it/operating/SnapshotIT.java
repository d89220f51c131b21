package tf.grid.hub.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;

/** A copy of a hub that is in use, and the hub that is started from it. */
class SnapshotIT {
  private static final int CLIENTS = 4;

  @TempDir private Path directory;

  @Test
  void every_flist_of_a_snapshot_under_load_is_complete_in_the_restored_hub() throws Exception {
    Path data = directory.resolve("restored");
    AtomicInteger uploads = new AtomicInteger();
    List<String> before = new ArrayList<>();
    try (RunningHub hub = RunningHub.start(Map.of("HUB_SNAPSHOT_KEEP", "1"))) {
      Uploader client = new Uploader(hub.uri("/"));
      upload(client, uploads);
      upload(client, uploads);
      assertThat(client.get("/api/flist/me/u0/link/linked").statusCode()).isEqualTo(200);
      before.addAll(listed(client));
      AtomicBoolean stop = new AtomicBoolean();
      ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        load.add(
            threads.submit(
                () -> {
                  while (!stop.get()) {
                    upload(client, uploads);
                  }
                  return null;
                }));
      }
      Await.until("clients are uploading", () -> uploads.get() > 2 * CLIENTS);
      // What a failed attempt leaves does not count as a snapshot.
      Files.createDirectories(
          hub.dataDirectory().resolve("snapshots/2000-01-01T00-00-00.000Z.partial"));
      assertThat(newestSnapshot(client)).isEqualTo(Instant.EPOCH);
      Instant beforeSnapshot = Instant.now();
      JsonObject snapshot = snapshot(client);
      assertThat(newestSnapshot(client))
          .isBetween(beforeSnapshot.truncatedTo(ChronoUnit.MILLIS), Instant.now());
      stop.set(true);
      for (Future<?> one : load) {
        Await.result(one);
      }
      threads.shutdown();
      assertThat(snapshot.getBoolean("chunks")).isTrue();
      Path made = Path.of(snapshot.getString("directory"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
      for (String secret : List.of("tokens.sqlite3", "token-key.pem")) {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve(secret))))
            .isEqualTo("rw-------");
      }
      // The hub goes on after it: nothing of that may get into the snapshot.
      upload(client, uploads);
      assertThat(run("cp", "-a", made.toString(), data.toString())).isZero();
      Path newest = Path.of(snapshot(client).getString("directory"));
      try (Stream<Path> kept = Files.list(hub.dataDirectory().resolve("snapshots"))) {
        assertThat(kept).containsExactly(newest);
      }
    }
    try (RunningHub restored = RunningHub.start(Map.of("HUB_DATA_DIR", data.toString()));
        ZdbConnection backend = new ZdbConnection("127.0.0.1", restored.gatewayPort())) {
      Uploader client = new Uploader(restored.uri("/"));
      List<String> flists = listed(client);
      assertThat(flists).containsAll(before).hasSizeLessThan(uploads.get());
      for (String flist : flists) {
        byte[] bytes = client.download("/" + flist).body();
        try (FlistClient reader = new FlistClient(bytes)) {
          FlistClient.Entry file = reader.entries().get("/content");
          assertThat(reader.content(file, backend)).as(flist).hasSize((int) file.size());
        }
      }
      assertThat(client.upload("again.tar", archive(1)).statusCode()).isEqualTo(200);
    }
  }

  private static JsonObject snapshot(Uploader client) throws IOException {
    HttpResponse<String> answer = client.send("POST", "/api/admin/snapshot");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject().getJsonObject("payload");
    }
  }

  /** The time that Prometheus reads. */
  private static Instant newestSnapshot(Uploader client) throws IOException {
    String name = "hub_snapshot_timestamp_seconds ";
    return client
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> Double.parseDouble(line.substring(name.length())))
        .map(seconds -> Instant.ofEpochMilli(Math.round(seconds * 1000)))
        .findAny()
        .orElseThrow();
  }

  private static List<String> listed(Uploader client) throws IOException {
    try (JsonReader reader = Json.createReader(new StringReader(client.get("/api/flist").body()))) {
      JsonArray flists = reader.readArray();
      return flists.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }
  }

  private static void upload(Uploader client, AtomicInteger uploads) throws IOException {
    int number = uploads.getAndIncrement();
    HttpResponse<String> answer = client.upload("u" + number + ".tar", archive(number));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static byte[] archive(int seed) throws IOException {
    byte[] content = new byte[1_200_000];
    new Random(seed).nextBytes(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry("content");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
