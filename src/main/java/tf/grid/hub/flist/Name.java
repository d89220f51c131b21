package tf.grid.hub.flist;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tf.grid.hub.problem.PrintableText;

/**
 * A byte string: the name of an entry or the target of a link. Compared, sorted, hashed and written
 * as bytes, which need not be UTF-8. Immutable.
 */
public final class Name implements Comparable<Name> {

  /** The name of the root. */
  public static final Name EMPTY = new Name(new byte[0]);

  private final byte[] bytes;

  /** A name of these bytes, which are not copied and must not change. */
  Name(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Creates a name from a copy of bytes. */
  public static Name of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Name(bytes.clone());
  }

  /** Creates a name from a copy of part of an array. */
  public static Name of(byte[] bytes, int from, int to) {
    return from == to ? EMPTY : new Name(Arrays.copyOfRange(bytes, from, to));
  }

  /** Creates a name from the UTF-8 encoding of a text. */
  public static Name of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return bytes.length;
  }

  public byte byteAt(int index) {
    return bytes[index];
  }

  /** Returns a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns the internal array, which must not be modified. */
  public byte[] shared() {
    return bytes;
  }

  /** Copies the bytes into an array and returns the offset after them. */
  public int copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
    return offset + bytes.length;
  }

  /** Compares as unsigned bytes. */
  @Override
  public int compareTo(Name other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Name name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Returns a text for messages and pages; see {@link PrintableText}. */
  public String printable() {
    return PrintableText.of(bytes);
  }

  /** Returns a text for JSON; invalid UTF-8 becomes U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
