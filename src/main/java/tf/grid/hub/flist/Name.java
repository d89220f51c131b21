package tf.grid.hub.flist;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A byte string: the name of an entry or the target of a link. It is compared, sorted, hashed and
 * written as bytes, whether or not they are UTF-8. Immutable.
 */
public final class Name implements Comparable<Name> {

  /** The root's name. */
  public static final Name EMPTY = new Name(new byte[0]);

  private final byte[] bytes;

  /** A name of these bytes, which are not copied and must not change. */
  Name(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A name of these bytes, which are copied. */
  public static Name of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Name(bytes.clone());
  }

  /** A name of a part of an array, which is copied. */
  public static Name of(byte[] bytes, int from, int to) {
    return from == to ? EMPTY : new Name(Arrays.copyOfRange(bytes, from, to));
  }

  /** The name that this text has in UTF-8. */
  public static Name of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Length in bytes. */
  public int length() {
    return bytes.length;
  }

  /** One byte of it. */
  public byte byteAt(int index) {
    return bytes[index];
  }

  /** The bytes, in a new array. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes themselves, for those in this package who do not change them. */
  public byte[] shared() {
    return bytes;
  }

  /** Copies the bytes into an array and returns the offset behind them. */
  public int copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
    return offset + bytes.length;
  }

  /** In the order of the bytes, taken as unsigned. */
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

  /** As text for people and JSON: bytes that are not UTF-8 become U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
