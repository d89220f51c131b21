package tf.grid.hub.it.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.RunningHub;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.client.Uploader;

/** A hub whose disk of flists, or of chunks, gets full. */
class FullDiskIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final int CHUNK_DISK = 40 << 20;

  @TempDir static Path directory;
  private static SmallDisk flists;
  private static SmallDisk chunks;
  private static RunningHub hub;
  private static Uploader client;

  @BeforeAll
  static void start() throws IOException {
    flists = SmallDisk.at(directory.resolve("flists"));
    chunks = SmallDisk.at(directory.resolve("data"), CHUNK_DISK);
    hub =
        RunningHub.start(
            Map.of(
                "HUB_PUBLIC_DIR", flists.path().toString(),
                "HUB_DATA_DIR", chunks.path().toString()));
    client = new Uploader(hub.uri("/"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (hub != null) {
      hub.close();
    }
    if (chunks != null) {
      chunks.close();
    }
    if (flists != null) {
      flists.close();
    }
  }

  @Test
  void without_room_for_flists_nothing_changes_until_there_is_some() throws IOException {
    byte[] archive = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
    assertThat(client.upload("kept.tar.gz", archive).statusCode()).isEqualTo(200);
    byte[] kept = client.download("/Administrator/kept.flist").body();
    List<String> before = published();
    Path filling = flists.path().resolve("filling");
    fill(filling);

    for (String name : List.of("kept", "new")) {
      refused(client.upload(name + ".tar.gz", archive), "the disk is full");
    }
    refused(client.get("/api/flist/me/promote/Administrator/kept/copy"), "the disk is full");
    assertThat(client.download("/Administrator/kept.flist").body()).isEqualTo(kept);
    assertThat(published()).isEqualTo(before);

    Files.delete(filling);
    assertThat(client.upload("new.tar.gz", archive).statusCode()).isEqualTo(200);
  }

  @Test
  void without_room_for_chunks_nothing_changes_until_there_is_some() throws IOException {
    assertThat(client.put("/api/flist/me/app", archive(1, 100_000)).statusCode()).isEqualTo(200);
    byte[] app = client.download("/Administrator/app.flist").body();
    List<String> before = published();

    refused(client.put("/api/flist/me/app", archive(2, CHUNK_DISK * 3 / 2)), "the chunk store");
    assertThat(client.download("/Administrator/app.flist").body()).isEqualTo(app);
    assertThat(published()).isEqualTo(before);

    chunks.resize(CHUNK_DISK * 5);
    HttpResponse<String> accepted = client.put("/api/flist/me/app", archive(2, CHUNK_DISK * 3 / 2));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    assertThat(client.download("/Administrator/app.flist").body()).isNotEqualTo(app);
  }

  private static void refused(HttpResponse<String> answer, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    assertThat(answer.body()).startsWith("{\"status\":\"error\",\"message\":\"").contains(reason);
  }

  private static List<String> published() throws IOException {
    try (Stream<Path> files = Files.list(flists.path().resolve("users/Administrator"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(Files.size(file)).isPositive();
    }
  }

  private static byte[] archive(int seed, int length) throws IOException {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry("content");
      entry.setSize(length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
