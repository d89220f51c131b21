package tf.grid.hub.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.store.CopiedFile;

/**
 * Copies the users directory: repositories, tags, links and flists with their times. Nobody can
 * change names in a repository while it is copied, so none is missed because it was renamed. For a
 * single use.
 */
final class CatalogueCopy {

  private final Catalogue catalogue;
  private long flists;
  private long links;

  CatalogueCopy(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Number of files copied. */
  long flists() {
    return flists;
  }

  /** Number of symbolic links copied. */
  long links() {
    return links;
  }

  /**
   * Copies everything.
   *
   * @param target is created
   */
  void copyTo(Path target) throws IOException {
    DirectoryCatalogue source =
        DirectoryCatalogue.of(
            catalogue, ": back up the database with its own tools, and then the chunk store");
    Path users = source.users().root();
    Files.createDirectories(target);
    try (DirectoryStream<Path> repositories = Files.newDirectoryStream(users)) {
      for (Path repository : repositories) {
        source.read(repository, () -> copy(repository, target.resolve(repository.getFileName())));
      }
    }
    copyTimes(users, target);
  }

  private void copy(Path from, Path to) throws IOException {
    if (DirectoryCatalogue.isTemporary(from)) {
      return;
    }
    try {
      BasicFileAttributes kind =
          Files.readAttributes(from, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (kind.isSymbolicLink()) {
        Files.createSymbolicLink(to, Files.readSymbolicLink(from));
        copyTimes(from, to);
        links++;
      } else if (kind.isDirectory()) {
        copyDirectory(from, to);
      } else if (kind.isRegularFile()) {
        CopiedFile.make(from, to);
        flists++;
      }
    } catch (NoSuchFileException deleted) {
      // Someone deleted it by hand: then it is not part of this moment.
    }
  }

  private void copyDirectory(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (DirectoryStream<Path> children = Files.newDirectoryStream(from)) {
      for (Path child : children) {
        copy(child, to.resolve(child.getFileName()));
      }
    }
    copyTimes(from, to);
  }

  private static void copyTimes(Path from, Path to) throws IOException {
    Files.setAttribute(
        to,
        "lastModifiedTime",
        Files.getLastModifiedTime(from, LinkOption.NOFOLLOW_LINKS),
        LinkOption.NOFOLLOW_LINKS);
  }
}
