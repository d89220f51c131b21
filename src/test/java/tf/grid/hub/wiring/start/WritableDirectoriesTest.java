package tf.grid.hub.wiring.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritableDirectoriesTest {

  @TempDir private Path home;

  @Test
  void a_missing_directory_is_created() {
    WritableDirectories.check("hub.data-dir", home.resolve("a/b"));
    assertThat(home.resolve("a/b")).isDirectory();
  }

  @Test
  void what_cannot_be_a_directory_is_named_with_its_property() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    for (Path directory : new Path[] {file, file.resolve("below"), Path.of("/proc/hub")}) {
      assertThatThrownBy(() -> WritableDirectories.check("hub.data-dir", directory))
          .hasMessage(
              "hub.data-dir is '"
                  + directory
                  + "', but must be a directory that the user of this process can create and write"
                  + " to");
    }
  }
}
