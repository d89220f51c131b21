package tf.grid.hub.client.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file.
 *
 * @param mode type and permission bits
 * @param inode the device and the inode number, which are the same for all names of a file
 * @param links number of names of the file
 * @param device the number of a device file
 * @param state changes when the content does
 */
record FileStat(
    int mode, String inode, int links, long device, int uid, int gid, FileMemory.State state) {
  private static final String ATTRIBUTES =
      "unix:mode,ino,dev,rdev,nlink,uid,gid,size,lastModifiedTime,ctime";
  private static final long LAST_SECOND = 0xffffffffL;

  /**
   * Reads the attributes of a file, or of a link itself.
   *
   * @throws java.nio.file.NoSuchFileException if it does not exist
   */
  static FileStat of(Path file) throws IOException {
    Map<String, Object> read = Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    long number = (Long) read.get("ino");
    return new FileStat(
        (Integer) read.get("mode"),
        read.get("dev") + ":" + number,
        (Integer) read.get("nlink"),
        (Long) read.get("rdev"),
        (Integer) read.get("uid"),
        (Integer) read.get("gid"),
        new FileMemory.State(
            number,
            (Long) read.get("size"),
            nanos(read.get("lastModifiedTime")),
            nanos(read.get("ctime"))));
  }

  private static long nanos(Object time) {
    return ((FileTime) time).to(TimeUnit.NANOSECONDS);
  }

  /** The type as {@code S_IFMT} masks it. */
  int type() {
    return mode & 0170000;
  }

  int permissions() {
    return mode & 07777;
  }

  long size() {
    return state.size();
  }

  /** Time of the last write as flists have it: whole seconds from 1970, in 32 bits. */
  long modifiedSeconds() {
    long seconds = Math.floorDiv(state.modifiedNanos(), TimeUnit.SECONDS.toNanos(1));
    return Math.max(0, Math.min(LAST_SECOND, seconds));
  }

  /** Major and minor number; the major one is in bits 8 to 19, and from bit 32 on. */
  String deviceNumbers() {
    long major = ((device >> 8) & 0xfff) | ((device >> 32) & 0xfffff000L);
    long minor = (device & 0xff) | ((device >> 12) & 0xffffff00L);
    return major + "," + minor;
  }
}
