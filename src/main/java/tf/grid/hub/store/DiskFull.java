package tf.grid.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells failures for want of room from others. Stateless. */
public final class DiskFull {

  private DiskFull() {}

  /**
   * Whether a write failed because the disk, or a quota, is full. The system's words depend on its
   * language, so that the room left is asked as well.
   *
   * @param directory on the disk in question
   * @param nothing bytes: with less than this left, the failure is taken to be for want of room
   */
  public static boolean explains(IOException failure, Path directory, long nothing) {
    String words = String.valueOf(failure.getMessage());
    if (words.contains("No space left") || words.contains("quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(directory).getUsableSpace() < nothing;
    } catch (IOException unknown) {
      return false;
    }
  }
}
