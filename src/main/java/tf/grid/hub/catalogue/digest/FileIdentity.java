package tf.grid.hub.catalogue.digest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Identifies a version of a file's content without reading it. Includes the time of the last status
 * change (ctime), because users cannot set it.
 *
 * @param inode the inode number
 * @param size in bytes
 * @param modifiedNanos time of the last write, nanoseconds since the epoch
 * @param changedNanos time of the last change of content or status, nanoseconds since the epoch
 */
public record FileIdentity(long inode, long size, long modifiedNanos, long changedNanos)
    implements ContentVersion {

  /**
   * Reads the identity of a file; a symbolic link is not followed.
   *
   * @throws IOException if the file does not exist or is inaccessible
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

  @Override
  public String term() {
    return String.join(
        "-",
        Long.toHexString(inode),
        Long.toHexString(size),
        Long.toHexString(modifiedNanos),
        Long.toHexString(changedNanos));
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
