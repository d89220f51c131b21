package tf.grid.hub.chunk;

import java.io.IOException;
import java.util.Objects;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Encodes and decodes chunks: snappy's raw block format, then XXTEA with the layout of the common C
 * library (data padded with zeros to whole words, followed by a word with its length). Not
 * thread-safe, because it reuses a buffer: use one codec per thread.
 */
public final class ChunkCodec {
  /** Maximum number of plain bytes in a chunk. */
  public static final int MAX_PLAIN = 524_288;

  /** Snappy's output is at most this plus 7/6 of the input. */
  private static final int SNAPPY_OVERHEAD = 32;

  private static final int MIN_STORED = Xxtea.MIN_BLOCK;
  private static final int MAX_STORED = maxStoredLength(MAX_PLAIN);

  private byte[] opened = new byte[0];

  /**
   * Returns the maximum stored size, which is larger than the plain size.
   *
   * @param plainLength 0 to {@link #MAX_PLAIN} bytes
   */
  public static int maxStoredLength(int plainLength) {
    return sealedLength(SNAPPY_OVERHEAD + plainLength + plainLength / 6);
  }

  /** Returns the key of plain bytes, which depends only on these bytes. */
  public ChunkKey keyOf(byte[] plain, int offset, int length) {
    long[] hash = Blake2b.state(ChunkKey.LENGTH, plain, offset, length);
    return new ChunkKey(Long.reverseBytes(hash[0]), Long.reverseBytes(hash[1]));
  }

  /** Returns the id of stored bytes. */
  public ChunkId idOf(byte[] stored, int offset, int length) {
    long[] hash = Blake2b.state(ChunkId.LENGTH, stored, offset, length);
    return new ChunkId(Long.reverseBytes(hash[0]), Long.reverseBytes(hash[1]));
  }

  /**
   * Compresses and encrypts a chunk.
   *
   * @param length 0 to {@link #MAX_PLAIN} bytes
   * @param key the result of {@link #keyOf} for the same bytes
   * @param out needs {@link #maxStoredLength} bytes from the offset
   * @return the number of stored bytes
   * @throws IllegalArgumentException if there are too many plain bytes
   * @throws IndexOutOfBoundsException if a range is not inside its array
   */
  public int encode(byte[] plain, int offset, int length, ChunkKey key, byte[] out, int outOffset) {
    if (length > MAX_PLAIN) {
      throw new IllegalArgumentException(
          "a chunk has at most " + MAX_PLAIN + " bytes, this one has " + length);
    }
    Objects.checkFromIndexSize(offset, length, plain.length);
    Objects.checkFromIndexSize(outOffset, maxStoredLength(length), out.length);
    int compressed = compress(plain, offset, length, out, outOffset);
    int stored = sealedLength(compressed);
    for (int at = outOffset + compressed; at < outOffset + stored - 4; at++) {
      out[at] = 0;
    }
    Xxtea.WORD.set(out, outOffset + stored - 4, compressed);
    Xxtea.encrypt(out, outOffset, stored, key);
    return stored;
  }

  /**
   * Decrypts, decompresses and verifies a chunk.
   *
   * @return the plain bytes, in a new array
   * @throws ChunkDamagedException if the stored bytes do not match the block
   */
  public byte[] decode(Block block, byte[] stored) throws ChunkDamagedException {
    ChunkId id = block.id();
    if (stored.length < MIN_STORED || stored.length > MAX_STORED || stored.length % 4 != 0) {
      throw new ChunkDamagedException(id, stored.length + " bytes cannot be one");
    }
    if (!idOf(stored, 0, stored.length).equals(id)) {
      throw new ChunkDamagedException(id, "the stored bytes have another hash");
    }
    int compressed = unseal(block, stored);
    byte[] plain = uncompress(id, compressed);
    if (!keyOf(plain, 0, plain.length).equals(block.key())) {
      throw new ChunkDamagedException(id, "the plain bytes have another hash than its key");
    }
    return plain;
  }

  private static int sealedLength(int compressed) {
    return (compressed + 3) / 4 * 4 + 4;
  }

  private static int compress(byte[] plain, int offset, int length, byte[] out, int outOffset) {
    try {
      return Snappy.compress(plain, offset, length, out, outOffset);
    } catch (IOException e) {
      throw new IllegalStateException("snappy failed on ranges that were checked", e);
    }
  }

  /** Decrypts into the buffer and returns the length of the compressed data. */
  private int unseal(Block block, byte[] stored) throws ChunkDamagedException {
    if (opened.length < stored.length) {
      opened = new byte[stored.length <= 65_536 ? 65_536 : MAX_STORED];
    }
    System.arraycopy(stored, 0, opened, 0, stored.length);
    Xxtea.decrypt(opened, 0, stored.length, block.key());
    int compressed = (int) Xxtea.WORD.get(opened, stored.length - 4);
    if (compressed < 0 || compressed > MAX_STORED || sealedLength(compressed) != stored.length) {
      throw new ChunkDamagedException(block.id(), "its key does not open it");
    }
    return compressed;
  }

  private byte[] uncompress(ChunkId id, int compressed) throws ChunkDamagedException {
    try {
      int length = Snappy.uncompressedLength(opened, 0, compressed);
      if (length < 0 || length > MAX_PLAIN) {
        throw new ChunkDamagedException(
            id, "it would have more than " + MAX_PLAIN + " plain bytes");
      }
      byte[] plain = new byte[length];
      Snappy.uncompress(opened, 0, compressed, plain, 0);
      return plain;
    } catch (IOException | SnappyError e) {
      throw new ChunkDamagedException(id, "its compressed bytes are not valid");
    }
  }
}
