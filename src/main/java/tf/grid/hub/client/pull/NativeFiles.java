package tf.grid.hub.client.pull;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;

/** What Java cannot do with special files and links. For Linux with 64 bits. */
final class NativeFiles {
  /** {@code AT_FDCWD} and {@code AT_SYMLINK_NOFOLLOW} of Linux. */
  private static final int CURRENT_DIRECTORY = -100;

  private static final int NOFOLLOW = 0x100;

  private NativeFiles() {}

  /** Functions of the C library; see their manual pages. */
  public interface LibC extends Library {
    /** Creates a file system node. */
    int mknod(String path, int mode, long device) throws LastErrorException;

    /** Sets the times of access and change: two pairs of seconds and nanoseconds. */
    int utimensat(int directory, String path, long[] times, int flags) throws LastErrorException;
  }

  /** Loaded when it is first needed, which takes a tenth of a second. */
  private static final class Loaded {
    private static final LibC LIBC = Native.load("c", LibC.class);
  }

  /**
   * Creates a device or a pipe.
   *
   * @param mode type and permission bits
   * @throws IOException if the user may not, or the system has no such function
   */
  static void createNode(Path path, int mode, long major, long minor) throws IOException {
    long device =
        ((major & 0xfffff000L) << 32)
            | ((major & 0xfff) << 8)
            | ((minor & 0xffffff00L) << 12)
            | (minor & 0xff);
    try {
      Loaded.LIBC.mknod(path.toString(), mode, device);
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    } catch (LinkageError e) {
      throw new IOException("this system cannot create special files from Java", e);
    }
  }

  /** Sets the time of a link or special file, if the system can do that. */
  static void setTime(Path path, long seconds) {
    try {
      long[] times = {seconds, 0, seconds, 0};
      Loaded.LIBC.utimensat(CURRENT_DIRECTORY, path.toString(), times, NOFOLLOW);
    } catch (LastErrorException | LinkageError e) {
      // The time of a link does not matter to anything that uses it.
    }
  }
}
