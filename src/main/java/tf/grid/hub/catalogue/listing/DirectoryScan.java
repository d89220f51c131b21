package tf.grid.hub.catalogue.listing;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.name.CodePointOrder;

/**
 * One look into a directory, and what tells whether it is worth another one.
 *
 * @param stamp the directory's time of change before it was read
 * @param settled whether that time was so long ago that a change since must show in it
 * @param items what was in it by name, in code point order; what cannot be looked at is left out
 */
record DirectoryScan(FileTime stamp, boolean settled, SortedMap<String, StoredItem> items) {

  /** File systems may give the same time to changes this close to each other. */
  private static final long SETTLED_MILLIS = 2_000;

  /** What Java makes of bytes that are no UTF-8: no request can name such a file. */
  private static final char NOT_UTF_8 = '\ufffd';

  /**
   * Reads a directory; empty if it is none or is gone.
   *
   * @param look what is at a path in it
   */
  static Optional<DirectoryScan> at(
      Path directory, Function<Path, Optional<StoredItem>> look, long nowMillis) {
    return stamp(directory)
        .map(
            stamp -> {
              SortedMap<String, StoredItem> items = new TreeMap<>(CodePointOrder.COMPARATOR);
              boolean whole = read(directory, look, items);
              boolean old = Math.abs(nowMillis - stamp.toMillis()) > SETTLED_MILLIS;
              return new DirectoryScan(stamp, whole && old, items);
            });
  }

  /** Whether nothing was added to the directory or taken from it since. */
  boolean isCurrent(Path directory) {
    return settled && stamp(directory).filter(stamp::equals).isPresent();
  }

  private static Optional<FileTime> stamp(Path directory) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isDirectory() ? Optional.of(found.lastModifiedTime()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean read(
      Path directory,
      Function<Path, Optional<StoredItem>> look,
      SortedMap<String, StoredItem> into) {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        String name = path.getFileName().toString();
        if (name.indexOf(NOT_UTF_8) < 0) {
          look.apply(path).ifPresent(item -> into.put(name, item));
        }
      }
      return true;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }
}
