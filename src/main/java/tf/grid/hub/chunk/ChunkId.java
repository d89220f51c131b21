package tf.grid.hub.chunk;

/**
 * The id of a chunk: the 16-byte BLAKE2b digest of its stored bytes. Held as two longs, because
 * hubs hold millions of them.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record ChunkId(long high, long low) implements Comparable<ChunkId> {

  /** Length of an id in bytes. */
  public static final int LENGTH = Digest128.LENGTH;

  /**
   * Creates an id from 16 bytes.
   *
   * @throws IllegalArgumentException if there are not exactly 16
   */
  public static ChunkId of(byte[] bytes) {
    return at(Digest128.checked(bytes), 0);
  }

  /** Creates an id from the 16 bytes at an offset of an array. */
  public static ChunkId at(byte[] bytes, int offset) {
    return new ChunkId(Digest128.longAt(bytes, offset), Digest128.longAt(bytes, offset + 8));
  }

  /** Creates an id from the two words of a hash, which are little-endian. */
  public static ChunkId ofWords(long first, long second) {
    return new ChunkId(Long.reverseBytes(first), Long.reverseBytes(second));
  }

  /**
   * Parses 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static ChunkId ofHex(String hex) {
    return of(Digest128.parse(hex));
  }

  /** Returns the 16 bytes, in a new array. */
  public byte[] bytes() {
    return Digest128.bytes(high, low);
  }

  /** Compares as unsigned bytes. */
  @Override
  public int compareTo(ChunkId other) {
    int first = Long.compareUnsigned(high, other.high);
    return first != 0 ? first : Long.compareUnsigned(low, other.low);
  }

  /** Returns 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return Digest128.hex(high, low);
  }
}
