package tf.grid.hub.client.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The clock of a file system, which may be another machine's. */
final class FileClock {
  private FileClock() {}

  /**
   * The current time.
   *
   * @param directory in the file system; is created
   */
  static FileTime now(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path probe = Files.createTempFile(directory, ".now-", "");
    FileTime time = Files.getLastModifiedTime(probe);
    Files.delete(probe);
    return time;
  }
}
