package tf.grid.hub.chunk.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.kernel.Xxtea;

/**
 * What the cipher encrypts: the plain bytes in snappy's raw block format, padded with zeros to
 * whole words, followed by a word with the length of the compressed bytes. This is the layout of
 * the common C library for XXTEA.
 */
final class SnappyFrame {
  /** Maximum number of plain bytes. */
  static final int MAX_PLAIN = 524_288;

  static final int MAX_LENGTH = maxLength(MAX_PLAIN);
  static final int MIN_LENGTH = Xxtea.MIN_BLOCK;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Snappy's output is at most this plus 7/6 of the input. */
  private static final int SNAPPY_OVERHEAD = 32;

  private SnappyFrame() {}

  /** The maximum length of a frame for a number of plain bytes. */
  static int maxLength(int plainLength) {
    return lengthFor(SNAPPY_OVERHEAD + plainLength + plainLength / 6);
  }

  private static int lengthFor(int compressed) {
    return (compressed + 3) / 4 * 4 + 4;
  }

  /**
   * Writes the frame of plain bytes.
   *
   * @param out has {@link #maxLength} bytes from the offset
   * @return its length in bytes
   */
  static int write(ByteRange plain, byte[] out, int outOffset) {
    int compressed = compress(plain, out, outOffset);
    int length = lengthFor(compressed);
    for (int at = outOffset + compressed; at < outOffset + length - 4; at++) {
      out[at] = 0;
    }
    WORD.set(out, outOffset + length - 4, compressed);
    return length;
  }

  private static int compress(ByteRange plain, byte[] out, int outOffset) {
    try {
      return Snappy.compress(plain.array(), plain.offset(), plain.length(), out, outOffset);
    } catch (IOException e) {
      throw new IllegalStateException("snappy failed on ranges that were checked", e);
    }
  }

  /** Whether a chunk can have a number of stored bytes. */
  static boolean isPossibleLength(int stored) {
    return stored >= MIN_LENGTH && stored <= MAX_LENGTH && stored % 4 == 0;
  }

  /**
   * Returns the plain bytes of a frame, in a new array.
   *
   * @param frame decrypted bytes of a possible length
   * @throws ChunkDamagedException if they are no frame
   */
  static byte[] read(ByteRange frame, ChunkId id) throws ChunkDamagedException {
    byte[] bytes = frame.array();
    int compressed = (int) WORD.get(bytes, frame.offset() + frame.length() - 4);
    if (compressed < 0 || compressed > MAX_LENGTH || lengthFor(compressed) != frame.length()) {
      throw new ChunkDamagedException(id, "its key does not open it");
    }
    try {
      int length = Snappy.uncompressedLength(bytes, frame.offset(), compressed);
      if (length < 0 || length > MAX_PLAIN) {
        throw new ChunkDamagedException(
            id, "it would have more than " + MAX_PLAIN + " plain bytes");
      }
      byte[] plain = new byte[length];
      Snappy.uncompress(bytes, frame.offset(), compressed, plain, 0);
      return plain;
    } catch (IOException | SnappyError e) {
      throw new ChunkDamagedException(id, "its compressed bytes are not valid");
    }
  }
}
