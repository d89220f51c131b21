package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import tf.grid.hub.catalogue.name.TagName;

/** Removes files with temporary names, left by a killed hub or by a completed step. */
final class TemporaryFiles {

  private TemporaryFiles() {}

  /** Removes those in all repositories and tags, also behind links that are followed. */
  static void removeFrom(UsersDirectory users) throws IOException {
    try (DirectoryStream<Path> repositories = Files.newDirectoryStream(users.root())) {
      for (Path path : repositories) {
        Path repository = users.followed(path);
        if (isCleanable(repository, path)) {
          removeIn(repository);
          removeInLinkedTags(users, repository);
        }
      }
    }
  }

  /** The hub's own steps use the directory of the repository, except for tags that are links. */
  private static void removeInLinkedTags(UsersDirectory users, Path repository) throws IOException {
    try (DirectoryStream<Path> tags = Files.newDirectoryStream(repository, TagName.PREFIX + "*")) {
      for (Path path : tags) {
        Path tag = users.followed(path);
        if (!tag.equals(path) && isCleanable(tag, path)) {
          removeIn(tag);
        }
      }
    }
  }

  /** What is behind a link may be read-only, such as the disk of another machine. */
  private static boolean isCleanable(Path directory, Path named) {
    return isDirectory(directory)
        && Files.isReadable(directory)
        && (directory.equals(named) || Files.isWritable(directory));
  }

  private static void removeIn(Path directory) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, NewFile.PREFIX + "*")) {
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
