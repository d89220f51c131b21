package tf.grid.hub.chunk;

import java.util.Objects;

/** A part of an array, which is not copied. */
public final class ByteRange {
  private final byte[] array;
  private final int offset;
  private final int length;

  /**
   * Refers to a part of an array.
   *
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public ByteRange(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** Refers to a whole array. */
  public static ByteRange of(byte[] array) {
    return new ByteRange(array, 0, array.length);
  }

  public byte[] array() {
    return array;
  }

  /** Index of the first byte. */
  public int offset() {
    return offset;
  }

  /** Number of bytes. */
  public int length() {
    return length;
  }
}
