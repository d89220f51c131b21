package tf.grid.hub.flist;

import java.util.Arrays;
import java.util.HexFormat;
import tf.grid.hub.chunk.kernel.Blake2b;

/**
 * The path of an entry in a flist: names with slashes between them, without a leading or trailing
 * slash; the root is empty. Immutable.
 */
public final class FlistPath implements Comparable<FlistPath> {
  public static final FlistPath ROOT = new FlistPath(Name.EMPTY);

  private static final int KEY_BYTES = 16;

  private final Name text;

  private FlistPath(Name text) {
    this.text = text;
  }

  /**
   * Reads a path such as {@code var/log}; slashes around it are ignored.
   *
   * @throws IllegalArgumentException when a component of it cannot be a name
   */
  public static FlistPath of(String text) {
    FlistPath path = ROOT;
    for (String component : text.split("/+", -1)) {
      if (!component.isEmpty()) {
        path = path.child(Name.of(component));
      }
    }
    return path;
  }

  /**
   * Reads a path of names that may be any bytes; slashes around it are ignored.
   *
   * @throws IllegalArgumentException when a component of it cannot be a name
   */
  public static FlistPath of(byte[] bytes) {
    FlistPath path = ROOT;
    int from = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '/') {
        if (at > from) {
          path = path.child(Name.of(bytes, from, at));
        }
        from = at + 1;
      }
    }
    return path;
  }

  /** Whether an entry may have this name: not empty, no dots, no slash, no NUL. */
  public static boolean isComponent(Name name) {
    int length = name.length();
    if (length == 0 || (length <= 2 && name.byteAt(0) == '.' && name.byteAt(length - 1) == '.')) {
      return false;
    }
    for (byte b : name.shared()) {
      if (b == '/' || b == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The path of an entry in this directory.
   *
   * @throws IllegalArgumentException when no entry can have this name
   */
  public FlistPath child(Name name) {
    if (!isComponent(name)) {
      throw new IllegalArgumentException(
          "\"" + name.printable() + "\" cannot be the name of an entry");
    }
    int start = length() == 0 ? 0 : length() + 1;
    byte[] child = Arrays.copyOf(text.shared(), start + name.length());
    if (start > 0) {
      child[start - 1] = '/';
    }
    name.copyTo(child, start);
    return new FlistPath(new Name(child));
  }

  /** The directory that this is in; the root's is the root. */
  public FlistPath parent() {
    int slash = lastSlash();
    return slash < 0 ? ROOT : new FlistPath(Name.of(text.shared(), 0, slash));
  }

  /** The last component; the root's is empty. */
  public Name name() {
    return Name.of(text.shared(), lastSlash() + 1, length());
  }

  private int lastSlash() {
    int i = length() - 1;
    while (i >= 0 && text.byteAt(i) != '/') {
      i--;
    }
    return i;
  }

  /** The number of components; the root has none. */
  public int depth() {
    int depth = length() == 0 ? 0 : 1;
    for (byte b : text.shared()) {
      depth += b == '/' ? 1 : 0;
    }
    return depth;
  }

  /** Length in bytes, 0 for the root. */
  public int length() {
    return text.length();
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return text.bytes();
  }

  /** The key that a flist stores a directory of this path under: 32 lower-case hex digits. */
  public String key() {
    return HexFormat.of().formatHex(Blake2b.digest(KEY_BYTES, text.shared(), 0, length()));
  }

  /** Compares the bytes as unsigned numbers. */
  @Override
  public int compareTo(FlistPath other) {
    return text.compareTo(other.text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlistPath path && text.equals(path.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The path as text: bytes that are not UTF-8 become U+FFFD. */
  @Override
  public String toString() {
    return text.toString();
  }
}
