package tf.grid.hub.chunk.codec;

import java.util.Objects;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.chunk.kernel.Xxtea;

/**
 * Encodes and decodes single chunks: snappy's raw block format, then XXTEA with the layout of the
 * common C library. {@link BatchCodec} does the same for many. Not thread-safe, because it reuses a
 * buffer: use one codec per thread.
 */
public final class ChunkCodec {
  /** Maximum number of plain bytes in a chunk. */
  public static final int MAX_PLAIN = SnappyFrame.MAX_PLAIN;

  private static final int SMALL = 65_536;

  private byte[] opened = new byte[0];

  /**
   * Returns the maximum stored size, which is larger than the plain size.
   *
   * @param plainLength 0 to {@link #MAX_PLAIN} bytes
   */
  public static int maxStoredLength(int plainLength) {
    return SnappyFrame.maxLength(plainLength);
  }

  /** Returns the key of plain bytes, which depends only on these bytes. */
  public ChunkKey keyOf(byte[] plain, int offset, int length) {
    long[] hash = Blake2b.state(ChunkKey.LENGTH, plain, offset, length);
    return ChunkKey.ofWords(hash[0], hash[1]);
  }

  /** Returns the id of stored bytes. */
  public ChunkId idOf(byte[] stored, int offset, int length) {
    long[] hash = Blake2b.state(ChunkId.LENGTH, stored, offset, length);
    return ChunkId.ofWords(hash[0], hash[1]);
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
    checkPlainLength(length);
    ByteRange range = new ByteRange(plain, offset, length);
    Objects.checkFromIndexSize(outOffset, maxStoredLength(length), out.length);
    int stored = SnappyFrame.write(range, out, outOffset);
    Xxtea.encrypt(out, outOffset, stored, key);
    return stored;
  }

  static void checkPlainLength(int length) {
    if (length > MAX_PLAIN) {
      throw new IllegalArgumentException(
          "a chunk has at most " + MAX_PLAIN + " bytes, this one has " + length);
    }
  }

  /**
   * Decrypts, decompresses and verifies a chunk.
   *
   * @return the plain bytes, in a new array
   * @throws ChunkDamagedException if the stored bytes do not match the block
   */
  public byte[] decode(Block block, byte[] stored) throws ChunkDamagedException {
    ChunkId id = block.id();
    if (!SnappyFrame.isPossibleLength(stored.length)) {
      throw ChunkDamagedException.impossibleLength(id, stored.length);
    }
    if (!idOf(stored, 0, stored.length).equals(id)) {
      throw ChunkDamagedException.otherId(id);
    }
    if (opened.length < stored.length) {
      opened = new byte[stored.length <= SMALL ? SMALL : SnappyFrame.MAX_LENGTH];
    }
    System.arraycopy(stored, 0, opened, 0, stored.length);
    Xxtea.decrypt(opened, 0, stored.length, block.key());
    byte[] plain = SnappyFrame.read(new ByteRange(opened, 0, stored.length), id);
    if (!keyOf(plain, 0, plain.length).equals(block.key())) {
      throw ChunkDamagedException.otherKey(id);
    }
    return plain;
  }
}
