package tf.grid.hub.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

  @TempDir private Path directory;

  @Test
  void only_our_own_leftovers_are_removed_at_the_start() throws IOException {
    Path work = directory.resolve("work");
    Path own = WorkDirectory.emptied(work);
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "x");
    Files.writeString(work.resolve("foreign"), "x");
    Files.writeString(Files.createDirectories(own.resolve("a/b")).resolve("c"), "x");
    Files.createSymbolicLink(own.resolve("link"), outside);

    assertThat(WorkDirectory.emptied(work)).isEqualTo(own);

    try (Stream<Path> left = Files.list(own)) {
      assertThat(left).isEmpty();
    }
    assertThat(outside.resolve("kept")).exists();
    assertThat(work.resolve("foreign")).exists();
  }
}
