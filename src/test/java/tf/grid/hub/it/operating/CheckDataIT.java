package tf.grid.hub.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/** The check of an earlier hub's data, whose chunks are behind the gateway of another hub. */
@NeedsPrograms("curl")
class CheckDataIT {
  @TempDir private Path directory;

  @Test
  void everything_that_is_wrong_is_named_and_nothing_is_changed() throws Exception {
    RunningHub backend = RunningHub.shared();
    Uploader client = new Uploader(backend.uri("/"));
    Path alice = Files.createDirectories(directory.resolve("public/users/alice"));
    byte[] archive = new TarBytes().file("content", "for the check of data").tar();
    assertThat(client.upload("checked-data.tar", archive).statusCode()).isEqualTo(200);
    byte[] good = client.download("/Administrator/checked-data.flist").body();
    Files.write(alice.resolve("good.flist"), good);
    Files.copy(
        Path.of("src/test/resources/vectors/samples/missing-chunks.flist"),
        alice.resolve("lost.flist"));
    Files.writeString(alice.resolve("damaged.flist"), "no flist");
    Files.writeString(alice.resolve("notes.txt"), "no entry");
    Files.createSymbolicLink(alice.resolve("latest.flist"), Path.of("good.flist"));
    Files.createSymbolicLink(alice.resolve("broken.flist"), Path.of("../bob/none.flist"));
    Path tag = Files.createDirectory(alice.resolve(".tag-v1"));
    Files.createSymbolicLink(tag.resolve("a.flist"), Path.of("../../alice/gone.flist"));
    Path config = directory.resolve("config.py");
    Files.writeString(
        config,
        """
        config = {
            'backend-internal-host': "127.0.0.1",
            'backend-internal-port': %d,
            'userdata-root-path': "%s",
            'workdir-root-path': "/nonexistent",
            'listen-port': 1,
        }
        """
            .formatted(backend.gatewayPort(), directory.resolve("public")));
    List<String> before = files();
    Process check =
        new ProcessBuilder("deployment/check-data", config.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isEqualTo(1);
    assertThat(said.lines())
        .containsSequence(
            "Links without a target: 2",
            "  alice/.tag-v1/a.flist -> ../../alice/gone.flist",
            "  alice/broken.flist -> ../bob/none.flist",
            "Links that are not followed: none",
            "Entries that are not listed: 1",
            "  alice/notes.txt",
            "Flists that cannot be read: 1")
        .anyMatch(line -> line.startsWith("  alice/damaged.flist: The file is no flist"))
        .anyMatch(line -> line.matches("  alice/lost.flist /.*: chunk [0-9a-f]{32} is missing"))
        .noneMatch(line -> line.contains("good.flist /"))
        .anyMatch(line -> line.matches("Checked 2 flists and [0-9]+ chunks\\."));
    assertThat(files()).isEqualTo(before);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      List<String> found = new ArrayList<>();
      for (Path file : all.sorted().toList()) {
        found.add(
            file
                + (Files.isSymbolicLink(file) ? "" : " " + Files.getLastModifiedTime(file))
                + (Files.isRegularFile(file) ? " " + Files.size(file) : ""));
      }
      return found;
    }
  }
}
