package tf.grid.hub.build;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Name;
import tf.grid.hub.problem.PrintableText;

/**
 * A validated path inside the tree, as a list of names. Leading, doubled and trailing slashes and
 * {@code .} components are dropped; paths that could lead out of the tree are rejected. All other
 * bytes are allowed, including control characters.
 *
 * @param names from the root down; empty for the root itself
 */
public record SafePath(List<Name> names) {
  /** Longer paths are truncated in messages. */
  private static final int SHOWN_BYTES = 200;

  /** Deeper flists could not be read. */
  private static final int MOST_NAMES = FlistLimits.DEFAULT.depth();

  /**
   * Validates a path of an archive; an empty path is the root.
   *
   * @throws ArchiveException if the path contains {@code ..} or a NUL byte, or is too long or too
   *     deep
   */
  public static SafePath of(Name path, ArchiveLimits limits) throws ArchiveException {
    if (path.length() > limits.pathBytes()) {
      throw new ArchiveException(
          "the archive has a path of "
              + path.length()
              + " bytes; the limit is "
              + limits.pathBytes()
              + ", as on Linux");
    }
    byte[] bytes = path.bytes();
    refuseZero(bytes);
    List<Name> names = new ArrayList<>(8);
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        add(names, bytes, start, i, limits);
        start = i + 1;
      }
    }
    if (names.size() > MOST_NAMES) {
      throw new ArchiveException(
          "the archive has a path "
              + names.size()
              + " levels deep; the limit is "
              + MOST_NAMES
              + ", which is fixed");
    }
    return new SafePath(names);
  }

  /** Whether this is the root. */
  public boolean isRoot() {
    return names.isEmpty();
  }

  /** The last name; the root has none. */
  public Name last() {
    return names.get(names.size() - 1);
  }

  /** The parent directory; the root has none. */
  public SafePath parent() {
    return new SafePath(List.copyOf(names.subList(0, names.size() - 1)));
  }

  /** The path of another name in the same directory; the name must be validated. */
  public SafePath sibling(Name name) {
    List<Name> others = new ArrayList<>(names);
    others.set(others.size() - 1, name);
    return new SafePath(others);
  }

  /** Rejects an entry for the root that is not a directory. */
  public void refuseAsRoot(TarEntry entry) throws ArchiveException {
    if (entry.type() != TarEntry.Type.DIRECTORY) {
      throw new ArchiveException(
          entry.path().length() == 0
              ? "the archive has an entry without a name that is no directory"
              : "the archive has an entry that would replace the root itself");
    }
  }

  /** The path for messages, with special characters escaped. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append('/').append(name.printable()));
    return isRoot() ? "/" : text.toString();
  }

  private static void refuseZero(byte[] bytes) throws ArchiveException {
    for (byte b : bytes) {
      if (b == 0) {
        throw new ArchiveException(
            "the archive has a path with a NUL byte, the one control character that no path can"
                + " have: "
                + visible(bytes));
      }
    }
  }

  private static void add(List<Name> names, byte[] bytes, int from, int to, ArchiveLimits limits)
      throws ArchiveException {
    int length = to - from;
    if (length == 0 || (length == 1 && bytes[from] == '.')) {
      return;
    }
    if (length == 2 && bytes[from] == '.' && bytes[from + 1] == '.') {
      throw new ArchiveException(
          "the archive has a path with '..', which could lead out of it: "
              + visible(bytes)
              + "; tar and bsdtar leave such entries out");
    }
    if (length > limits.componentBytes()) {
      throw new ArchiveException(
          "the archive has a name of "
              + length
              + " bytes; the limit is "
              + limits.componentBytes()
              + ", as on Linux: "
              + visible(bytes));
    }
    names.add(Name.of(bytes, from, to));
  }

  private static String visible(byte[] bytes) {
    return PrintableText.shortened(bytes, SHOWN_BYTES);
  }
}
