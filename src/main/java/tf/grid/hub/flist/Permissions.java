package tf.grid.hub.flist;

import java.nio.charset.StandardCharsets;

/**
 * Owner, group and mode of an entry. Many entries have the same permissions, so builders intern
 * them.
 *
 * @param user name of the owner, or the decimal number if it has no name
 * @param group name of the group, or the decimal number if it has no name
 * @param mode permission bits with set-uid, set-gid and sticky, 0…07777
 * @param uid number of the owner; -1 in older flists, which have only names
 * @param gid number of the group; -1 in older flists
 */
public record Permissions(Name user, Name group, int mode, long uid, long gid) {

  /** {@code root:root 0755}: the root directory and implied parent directories of an archive. */
  public static final Permissions ROOT_DIRECTORY =
      new Permissions(Name.of("root"), Name.of("root"), 0755, 0, 0);

  public Permissions {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException("not a mode: 0" + Integer.toOctalString(mode));
    }
  }

  /** The text whose digest is the key of these permissions in a flist: section 3 of the format. */
  public byte[] keyText() {
    byte[] middle = "\ngroup:".getBytes(StandardCharsets.US_ASCII);
    byte[] start = "user:".getBytes(StandardCharsets.US_ASCII);
    byte[] end =
        ("\nmode:0o" + Integer.toOctalString(mode) + "\nuid:" + uid + "\ngid:" + gid)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] text =
        new byte[start.length + user.length() + middle.length + group.length() + end.length];
    System.arraycopy(start, 0, text, 0, start.length);
    int next = user.copyTo(text, start.length);
    System.arraycopy(middle, 0, text, next, middle.length);
    next = group.copyTo(text, next + middle.length);
    System.arraycopy(end, 0, text, next, end.length);
    return text;
  }
}
