package tf.grid.hub.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncedTreeTest {
  @TempDir Path directory;

  @Test
  void every_file_and_directory_is_synced_and_links_are_not_followed() throws IOException {
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.createDirectories(tree.resolve("a/b"));
    Files.write(tree.resolve("a/one"), new byte[1]);
    Files.write(tree.resolve("a/b/two"), new byte[1]);
    Files.createSymbolicLink(tree.resolve("a/link"), Path.of("nowhere"));
    Files.createSymbolicLink(tree.resolve("a/up"), directory);
    assertThat(SyncedTree.sync(tree)).isEqualTo(5);
  }

  @Test
  void what_cannot_be_synced_is_a_failure() {
    assertThatThrownBy(() -> SyncedTree.syncOne(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
