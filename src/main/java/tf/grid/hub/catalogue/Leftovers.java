package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Temporary files of a hub that was killed while publishing. */
final class Leftovers {

  private Leftovers() {}

  /** Removes those in the repositories below the users directory. */
  static void removeFrom(Path users) throws IOException {
    try (DirectoryStream<Path> repositories = Files.newDirectoryStream(users)) {
      for (Path repository : repositories) {
        if (Files.isDirectory(repository, LinkOption.NOFOLLOW_LINKS)
            && Files.isReadable(repository)) {
          removeIn(repository);
        }
      }
    }
  }

  private static void removeIn(Path repository) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(repository, NewFile.PREFIX + "*")) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(file);
        }
      }
    }
  }
}
