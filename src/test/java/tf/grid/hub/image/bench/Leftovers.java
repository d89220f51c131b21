package tf.grid.hub.image.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what servers leave behind. */
final class Leftovers {

  private Leftovers() {}

  /** Removes a directory and all in it; links are not followed. */
  static void remove(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }

  /** Ends the mounts below a directory, the innermost first. */
  static void unmount(Path directory) throws IOException {
    List<String> mounts =
        Files.readAllLines(Path.of("/proc/self/mounts")).stream()
            .map(line -> line.split(" ", -1)[1])
            .filter(point -> point.startsWith(directory.toString()))
            .sorted(Comparator.reverseOrder())
            .toList();
    for (String point : mounts) {
      Program.run("umount", "-l", point);
    }
  }
}
