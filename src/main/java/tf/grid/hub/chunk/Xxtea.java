package tf.grid.hub.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The block cipher XXTEA (Wheeler and Needham, "Correction to xtea", 1998) over one block of two or
 * more little-endian words, in place. Each word depends on the one before it, so the speed is the
 * length of that chain: four words are written out in a turn of the loop, which makes the choice of
 * the key word a name instead of an index. Stateless: threads may share it.
 */
final class Xxtea {
  /** The smallest block, in bytes. */
  static final int MIN_BLOCK = 2 * Integer.BYTES;

  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int DELTA = 0x9e3779b9;

  private Xxtea() {}

  /**
   * Encrypts.
   *
   * @param length bytes of the block: a multiple of 4, at least {@link #MIN_BLOCK}
   */
  static void encrypt(byte[] data, int offset, int length, ChunkKey key) {
    int[] words = words(key);
    int sum = 0;
    for (int rounds = rounds(length); rounds > 0; rounds--) {
      sum += DELTA;
      encryptRound(data, offset, length, words, sum);
    }
  }

  /**
   * Undoes {@link #encrypt}.
   *
   * @param length bytes of the block: a multiple of 4, at least {@link #MIN_BLOCK}
   */
  static void decrypt(byte[] data, int offset, int length, ChunkKey key) {
    int[] words = words(key);
    for (int sum = rounds(length) * DELTA; sum != 0; sum -= DELTA) {
      decryptRound(data, offset, length, words, sum);
    }
  }

  private static int rounds(int length) {
    return 6 + 52 / (length / Integer.BYTES);
  }

  private static int[] words(ChunkKey key) {
    return new int[] {
      Integer.reverseBytes((int) (key.high() >>> 32)), Integer.reverseBytes((int) key.high()),
      Integer.reverseBytes((int) (key.low() >>> 32)), Integer.reverseBytes((int) key.low())
    };
  }

  private static void encryptRound(byte[] data, int offset, int length, int[] key, int sum) {
    int e = sum >>> 2 & 3;
    int k0 = key[e];
    int k1 = key[e ^ 1];
    int k2 = key[e ^ 2];
    int k3 = key[e ^ 3];
    int last = offset + length - 4;
    int z = (int) WORD.get(data, last);
    int x = (int) WORD.get(data, offset);
    int at = offset;
    for (; at < last - 12; at += 16) {
      int y = (int) WORD.get(data, at + 4);
      z = x + mix(z, y, sum, k0);
      WORD.set(data, at, z);
      x = (int) WORD.get(data, at + 8);
      z = y + mix(z, x, sum, k1);
      WORD.set(data, at + 4, z);
      y = (int) WORD.get(data, at + 12);
      z = x + mix(z, y, sum, k2);
      WORD.set(data, at + 8, z);
      x = (int) WORD.get(data, at + 16);
      z = y + mix(z, x, sum, k3);
      WORD.set(data, at + 12, z);
    }
    for (; at <= last; at += 4) {
      int y = (int) WORD.get(data, at == last ? offset : at + 4);
      z = (int) WORD.get(data, at) + mix(z, y, sum, key[(((at - offset) >> 2) & 3) ^ e]);
      WORD.set(data, at, z);
    }
  }

  private static void decryptRound(byte[] data, int offset, int length, int[] key, int sum) {
    int e = sum >>> 2 & 3;
    int last = offset + length - 4;
    int y = (int) WORD.get(data, offset);
    int x = (int) WORD.get(data, last);
    for (int at = last; at >= offset; at -= 4) {
      int z = (int) WORD.get(data, at == offset ? last : at - 4);
      y = x - mix(z, y, sum, key[(((at - offset) >> 2) & 3) ^ e]);
      WORD.set(data, at, y);
      x = z;
    }
  }

  private static int mix(int z, int y, int sum, int key) {
    return ((z >>> 5 ^ y << 2) + (y >>> 3 ^ z << 4)) ^ ((sum ^ y) + (key ^ z));
  }
}
