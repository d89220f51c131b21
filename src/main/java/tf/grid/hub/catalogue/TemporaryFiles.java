package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Removes files with temporary names, left by a killed hub or by a completed step. */
final class TemporaryFiles {

  private TemporaryFiles() {}

  /** Removes those in all repositories. */
  static void removeFrom(Path users) throws IOException {
    try (DirectoryStream<Path> repositories = Files.newDirectoryStream(users)) {
      for (Path repository : repositories) {
        if (isDirectory(repository) && Files.isReadable(repository)) {
          removeIn(repository);
        }
      }
    }
  }

  private static void removeIn(Path repository) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(repository, NewFile.PREFIX + "*")) {
      for (Path temporary : found) {
        remove(temporary);
      }
    }
  }

  /**
   * Removes a file, a link, or a directory of links, if it exists. A directory with other content
   * is left alone.
   */
  static void remove(Path temporary) throws IOException {
    if (isDirectory(temporary)) {
      try (DirectoryStream<Path> links =
          Files.newDirectoryStream(temporary, Files::isSymbolicLink)) {
        for (Path link : links) {
          Files.delete(link);
        }
      }
      removeIfEmpty(temporary);
    } else {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Removes a directory if it is empty.
   *
   * @return whether it existed and was empty
   */
  static boolean removeIfEmpty(Path directory) throws IOException {
    try {
      return Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException inUse) {
      return false;
    }
  }

  private static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
