package tf.grid.hub.catalogue.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file's content from any other, without reading it. The time of the last
 * status change is in it because nobody can set that one back.
 *
 * @param inode the file's number on its file system
 * @param size bytes
 * @param modifiedNanos time of the last write, nanoseconds since the epoch
 * @param changedNanos time of the last change of content or status, nanoseconds since the epoch
 */
public record FileIdentity(long inode, long size, long modifiedNanos, long changedNanos) {

  /**
   * The identity of what is at this path now; a symbolic link is not followed.
   *
   * @throws IOException if nothing is there or it cannot be looked at
   */
  public static FileIdentity of(Path path) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(
            path, "unix:ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
    return new FileIdentity(
        (Long) attributes.get("ino"),
        (Long) attributes.get("size"),
        nanos((FileTime) attributes.get("lastModifiedTime")),
        nanos((FileTime) attributes.get("ctime")));
  }

  /** When the content was last changed, in Unix seconds. */
  public long modifiedSeconds() {
    return Math.floorDiv(modifiedNanos, TimeUnit.SECONDS.toNanos(1));
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
