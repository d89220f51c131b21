package tf.grid.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.client.Uploader;

/** A hub whose disk of flists gets full. */
class FullDiskIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");

  @TempDir Path directory;

  @Test
  void uploads_are_told_that_the_disk_is_full_and_what_is_published_stays() throws IOException {
    byte[] archive = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
    try (SmallDisk disk = SmallDisk.at(directory.resolve("disk"));
        RunningHub hub = RunningHub.start(Map.of("HUB_PUBLIC_DIR", disk.path().toString()))) {
      Uploader client = new Uploader(hub.uri("/"));
      assertThat(client.upload("kept.tar.gz", archive).statusCode()).isEqualTo(200);
      byte[] kept = client.download("/Administrator/kept.flist").body();
      Path filling = disk.path().resolve("filling");
      fill(filling);

      for (String name : List.of("kept", "new")) {
        HttpResponse<String> answer = client.upload(name + ".tar.gz", archive);
        assertThat(answer.statusCode()).isEqualTo(507);
        assertThat(answer.body()).contains("\"message\":").contains("the disk is full");
      }
      assertThat(client.download("/Administrator/kept.flist").body()).isEqualTo(kept);
      assertThat(files(disk.path().resolve("users/Administrator"))).containsExactly("kept.flist");

      Files.delete(filling);
      assertThat(client.upload("new.tar.gz", archive).statusCode()).isEqualTo(200);
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

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
