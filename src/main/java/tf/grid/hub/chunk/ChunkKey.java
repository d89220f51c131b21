package tf.grid.hub.chunk;

/**
 * The cipher key of a chunk: the 16-byte BLAKE2b digest of its plain bytes. Anyone who has it can
 * decrypt the chunk, so it must not be logged.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record ChunkKey(long high, long low) {

  /** Length of a key in bytes. */
  public static final int LENGTH = Digest128.LENGTH;

  /**
   * Creates a key from 16 bytes.
   *
   * @throws IllegalArgumentException if there are not exactly 16
   */
  public static ChunkKey of(byte[] bytes) {
    return at(Digest128.checked(bytes), 0);
  }

  /** Creates a key from the 16 bytes at an offset of an array. */
  public static ChunkKey at(byte[] bytes, int offset) {
    return new ChunkKey(Digest128.longAt(bytes, offset), Digest128.longAt(bytes, offset + 8));
  }

  /** Creates a key from the two words of a hash, which are little-endian. */
  public static ChunkKey ofWords(long first, long second) {
    return new ChunkKey(Long.reverseBytes(first), Long.reverseBytes(second));
  }

  /**
   * Parses 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static ChunkKey ofHex(String hex) {
    return of(Digest128.parse(hex));
  }

  /** Returns the 16 bytes, in a new array. */
  public byte[] bytes() {
    return Digest128.bytes(high, low);
  }

  /** Returns 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return Digest128.hex(high, low);
  }
}
