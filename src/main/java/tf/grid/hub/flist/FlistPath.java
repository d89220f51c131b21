package tf.grid.hub.flist;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import tf.grid.hub.chunk.Blake2b;

/**
 * Where an entry is in a flist: bytes without a leading or trailing slash; the root is empty.
 * Immutable.
 */
public final class FlistPath implements Comparable<FlistPath> {

  /** The root directory. */
  public static final FlistPath ROOT = new FlistPath(new byte[0]);

  private static final int KEY_BYTES = 16;

  private final byte[] bytes;

  private FlistPath(byte[] bytes) {
    this.bytes = bytes;
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

  /** Says whether an entry may have this name: not empty, no dots, no slash, no NUL. */
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
          "\"" + PrintableText.of(name) + "\" cannot be the name of an entry");
    }
    int start = bytes.length == 0 ? 0 : bytes.length + 1;
    byte[] child = Arrays.copyOf(bytes, start + name.length());
    if (start > 0) {
      child[start - 1] = '/';
    }
    name.copyTo(child, start);
    return new FlistPath(child);
  }

  /** The directory that this is in; the root's is the root. */
  public FlistPath parent() {
    int slash = lastSlash();
    return slash < 0 ? ROOT : new FlistPath(Arrays.copyOf(bytes, slash));
  }

  /** The last component; the root's is empty. */
  public Name name() {
    return Name.of(bytes, lastSlash() + 1, bytes.length);
  }

  private int lastSlash() {
    int i = bytes.length - 1;
    while (i >= 0 && bytes[i] != '/') {
      i--;
    }
    return i;
  }

  /** How many components it has; the root has none. */
  public int depth() {
    int depth = bytes.length == 0 ? 0 : 1;
    for (byte b : bytes) {
      depth += b == '/' ? 1 : 0;
    }
    return depth;
  }

  /** Length in bytes. */
  public int length() {
    return bytes.length;
  }

  /** The bytes, in a new array. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Under which a directory of this path is kept: 32 lower-case hexadecimal digits. */
  public String key() {
    return HexFormat.of().formatHex(Blake2b.digest(KEY_BYTES, bytes, 0, bytes.length));
  }

  /** In the order of the bytes, taken as unsigned. */
  @Override
  public int compareTo(FlistPath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlistPath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As text for people and JSON: bytes that are not UTF-8 become U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
