package tf.grid.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Detects write failures caused by a full disk. */
public final class DiskFull {

  private static final long MIB = 1 << 20;

  private DiskFull() {}

  /**
   * What users are told about a full disk.
   *
   * @param free bytes left
   */
  public static String advice(long free) {
    return free / MIB
        + " MiB are free: delete flists that nobody needs and have unused chunks collected, or tell"
        + " the operator of this hub";
  }

  /**
   * Returns whether a write failed because the disk or a quota is full. System messages are
   * localized, so the free space is checked as well.
   *
   * @param directory a directory on the disk
   * @param nothing with less free space than this, in bytes, the disk is considered full
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
