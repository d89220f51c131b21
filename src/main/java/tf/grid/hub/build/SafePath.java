package tf.grid.hub.build;

import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.build.tar.TarEntry;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Name;

/**
 * The path of an entry inside the tree, taken apart. Leading slashes, {@code .} components and
 * doubled or trailing slashes mean nothing and are dropped; whatever could lead out of the tree or
 * deceive whoever lists it is refused.
 *
 * @param names from the root down; empty for the root itself
 */
public record SafePath(List<Name> names) {
  private static final int DELETE = 0x7F;
  private static final int FIRST_PRINTABLE = ' ';

  /** What is built must be readable. */
  private static final int MOST_NAMES = FlistLimits.DEFAULT.depth();

  /**
   * Checks a path of an archive.
   *
   * @throws ArchiveException when it has {@code ..}, a control character, or is too long or too
   *     deep
   */
  public static SafePath of(Name path, ArchiveLimits limits) throws ArchiveException {
    if (path.length() == 0) {
      throw new ArchiveException("the archive has an entry without a name");
    }
    if (path.length() > limits.pathBytes()) {
      throw new ArchiveException(
          "the archive has a path of "
              + path.length()
              + " bytes; the limit is "
              + limits.pathBytes());
    }
    byte[] bytes = path.bytes();
    refuseControls(bytes, "a path");
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
          "the archive has a path " + names.size() + " levels deep; the limit is " + MOST_NAMES);
    }
    return new SafePath(names);
  }

  /** Whether it is the root itself. */
  public boolean isRoot() {
    return names.isEmpty();
  }

  /** The name in its directory; the root has none. */
  public Name last() {
    return names.get(names.size() - 1);
  }

  /** The directory that this is in; the root has none. */
  public SafePath parent() {
    return new SafePath(List.copyOf(names.subList(0, names.size() - 1)));
  }

  /** What is called so in the same directory; the name has to be a checked one. */
  public SafePath sibling(Name name) {
    List<Name> others = new ArrayList<>(names);
    others.set(others.size() - 1, name);
    return new SafePath(others);
  }

  /** Refuses an entry for the root that is not a directory. */
  public void refuseAsRoot(TarEntry entry) throws ArchiveException {
    if (entry.type() != TarEntry.Type.DIRECTORY) {
      throw new ArchiveException("the archive has an entry that would replace the root itself");
    }
  }

  /** As people read it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append('/').append(name));
    return isRoot() ? "/" : text.toString();
  }

  /**
   * Refuses NUL and control characters: those of ASCII and, in their UTF-8 form, those of Latin-1.
   *
   * @param what names the bytes in the message
   */
  static void refuseControls(byte[] bytes, String what) throws ArchiveException {
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] & 0xFF;
      boolean latin = value == 0xC2 && i + 1 < bytes.length && (bytes[i + 1] & 0xE0) == 0x80;
      if (value < FIRST_PRINTABLE || value == DELETE || latin) {
        throw new ArchiveException(
            "the archive has " + what + " with a control character: " + visible(bytes));
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
          "the archive has a path with '..', which could lead out of it: " + visible(bytes));
    }
    if (length > limits.componentBytes()) {
      throw new ArchiveException(
          "the archive has a name of "
              + length
              + " bytes; the limit is "
              + limits.componentBytes());
    }
    names.add(Name.of(bytes, from, to));
  }

  /** Control characters as question marks, and no longer than a message should be. */
  private static String visible(byte[] bytes) {
    String text = Name.of(bytes, 0, Math.min(bytes.length, 200)).toString();
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
