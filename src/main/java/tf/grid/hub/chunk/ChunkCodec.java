package tf.grid.hub.chunk;

import java.io.IOException;
import java.util.Objects;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Makes stored bytes of plain ones and back: snappy's raw block format, then XXTEA as its common
 * library lays it out (the text padded with zeros to whole words, then a word with its length).
 * Keeps a buffer between calls: one codec for each thread.
 */
public final class ChunkCodec {
  /** The most plain bytes a chunk holds. */
  public static final int MAX_PLAIN = 524_288;

  /** With a sixth of the input: the bound that snappy gives for its output. */
  private static final int SNAPPY_OVERHEAD = 32;

  private static final int MIN_STORED = Xxtea.MIN_BLOCK;
  private static final int MAX_STORED = maxStoredLength(MAX_PLAIN);

  private byte[] opened = new byte[0];

  /**
   * The most bytes that a chunk can need in a store, which is more than it has when it is plain.
   *
   * @param plainLength 0 to {@link #MAX_PLAIN} bytes
   */
  public static int maxStoredLength(int plainLength) {
    return sealedLength(SNAPPY_OVERHEAD + plainLength + plainLength / 6);
  }

  /** The key of plain bytes: the same bytes always have the same. */
  public ChunkKey keyOf(byte[] plain, int offset, int length) {
    long[] hash = Blake2b.state(ChunkKey.LENGTH, plain, offset, length);
    return new ChunkKey(Long.reverseBytes(hash[0]), Long.reverseBytes(hash[1]));
  }

  /** The id of stored bytes. */
  public ChunkId idOf(byte[] stored, int offset, int length) {
    long[] hash = Blake2b.state(ChunkId.LENGTH, stored, offset, length);
    return new ChunkId(Long.reverseBytes(hash[0]), Long.reverseBytes(hash[1]));
  }

  /**
   * Compresses and encrypts a chunk.
   *
   * @param length 0 to {@link #MAX_PLAIN} bytes
   * @param key what {@link #keyOf} says of the same bytes
   * @param out has room for {@link #maxStoredLength} bytes at the offset
   * @return how many stored bytes were written
   * @throws IllegalArgumentException when there are too many plain bytes
   * @throws IndexOutOfBoundsException when a range is not inside its array
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
   * Opens a chunk and proves that it is the one that was meant.
   *
   * @return the plain bytes, in a new array
   * @throws ChunkDamagedException when the stored bytes are anything but the chunk
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

  /** Decrypts into the buffer; returns how much of it is the compressed text. */
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
