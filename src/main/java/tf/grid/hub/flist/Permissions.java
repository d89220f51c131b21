package tf.grid.hub.flist;

import java.nio.charset.StandardCharsets;

/**
 * Who owns an entry and who may do what with it. Many entries share one set, so builders intern it.
 *
 * @param user name of the owner; the number in decimal when it has no name
 * @param group name of the group; the number in decimal when it has no name
 * @param mode permission bits with set-uid, set-gid and sticky, 0…07777
 * @param uid number of the owner; -1 in older flists, which have names only
 * @param gid number of the group; -1 in older flists
 */
public record Permissions(Name user, Name group, int mode, long uid, long gid) {

  /** {@code root:root 0755}: the root directory, and directories that an archive only implies. */
  public static final Permissions ROOT_DIRECTORY =
      new Permissions(Name.of("root"), Name.of("root"), 0755, 0, 0);

  /** Refuses modes that are no permission bits. */
  public Permissions {
    if ((mode & ~07777) != 0) {
      throw new IllegalArgumentException("not a mode: 0" + Integer.toOctalString(mode));
    }
  }

  /** The text whose digest is this set's key in a flist: section 3 of the format. */
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
