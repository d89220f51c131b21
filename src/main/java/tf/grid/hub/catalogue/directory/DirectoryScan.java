package tf.grid.hub.catalogue.directory;

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
 * The result of scanning a directory, and whether it is still current.
 *
 * @param stamp modification time of the directory before the scan
 * @param settled whether that time was old enough that later changes modify it
 * @param items by name, in code point order; inaccessible items are omitted
 */
record DirectoryScan(FileTime stamp, boolean settled, SortedMap<String, StoredItem> items) {

  /** Resolution of modification times of file systems, with a margin. */
  private static final long SETTLED_MILLIS = 2_000;

  /** Java's replacement for invalid UTF-8; no request can name such a file. */
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

  /** Whether no item was added or removed since the scan. */
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
