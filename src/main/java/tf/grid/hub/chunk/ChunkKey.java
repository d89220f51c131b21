package tf.grid.hub.chunk;

/**
 * What opens a chunk: BLAKE2b with a 16-byte digest over the plain bytes, used as the cipher key.
 * Whoever has it can read the chunk, so it is printed only where a flist is.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record ChunkKey(long high, long low) {

  /** Length of a key in bytes. */
  public static final int LENGTH = Digest128.LENGTH;

  /**
   * Reads a key from its 16 bytes.
   *
   * @throws IllegalArgumentException when there are not exactly 16
   */
  public static ChunkKey of(byte[] bytes) {
    return at(Digest128.checked(bytes), 0);
  }

  /** Reads a key from the 16 bytes at an offset of a larger array. */
  public static ChunkKey at(byte[] bytes, int offset) {
    return new ChunkKey(Digest128.longAt(bytes, offset), Digest128.longAt(bytes, offset + 8));
  }

  /**
   * Reads a key from 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static ChunkKey ofHex(String hex) {
    return of(Digest128.parse(hex));
  }

  /** The 16 bytes, in a new array. */
  public byte[] bytes() {
    return Digest128.bytes(high, low);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return Digest128.hex(high, low);
  }
}
