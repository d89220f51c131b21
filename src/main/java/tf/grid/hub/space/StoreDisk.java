package tf.grid.hub.space;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The space of the embedded store.
 *
 * @param directory of the store; empty if chunks are stored elsewhere
 */
public record StoreDisk(Optional<Path> directory) {

  /**
   * How much there is.
   *
   * @param used bytes of the files of the store
   * @param free bytes of its disk
   * @param size bytes of its disk
   */
  public record Space(long used, long free, long size) {}

  /**
   * Looks at the files of the store, not at their content.
   *
   * @return empty if chunks are stored elsewhere
   */
  public Optional<Space> space() throws IOException {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    long used = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.get())) {
      for (Path file : files) {
        used += size(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    var disk = Files.getFileStore(directory.get());
    return Optional.of(new Space(used, disk.getUsableSpace(), disk.getTotalSpace()));
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }
}
