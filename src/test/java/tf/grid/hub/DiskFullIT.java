package tf.grid.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.client.Uploader;

/**
 * A hub whose disk is full, for which a small file system in memory stands; mounting needs root.
 */
class DiskFullIT {
  @TempDir private Path disk;
  private RunningHub hub;
  private boolean mounted;

  @BeforeEach
  void start() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount file systems");
    run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
    mounted = true;
    hub = RunningHub.start(Map.of("HUB_DATA_DIR", disk.toString()));
  }

  @AfterEach
  void stop() throws Exception {
    if (hub != null) {
      hub.close();
    }
    if (mounted) {
      run("umount", disk.toString());
    }
  }

  @Test
  void an_upload_without_room_changes_nothing_and_works_again_when_there_is_some()
      throws Exception {
    Uploader client = new Uploader(hub.uri("/"));
    assertThat(client.put("/api/flist/me/app", archive(1, 100_000)).statusCode()).isEqualTo(200);
    byte[] before = client.download("/Administrator/app.flist").body();

    HttpResponse<String> refused = client.put("/api/flist/me/app", archive(2, 60_000_000));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
    assertThat(refused.body()).startsWith("{\"status\":\"error\",\"message\":\"");
    assertThat(client.download("/Administrator/app.flist").body()).isEqualTo(before);
    assertThat(published()).containsExactly("app.flist");

    run("mount", "-o", "remount,size=200m", disk.toString());
    HttpResponse<String> accepted = client.put("/api/flist/me/app", archive(2, 60_000_000));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    assertThat(client.download("/Administrator/app.flist").body()).isNotEqualTo(before);
  }

  private List<String> published() throws IOException {
    try (Stream<Path> files = Files.list(disk.resolve("public/users/Administrator"))) {
      return files.map(file -> file.getFileName().toString()).toList();
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

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
