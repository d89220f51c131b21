package tf.grid.hub.chunk.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import tf.grid.hub.chunk.ChunkKey;

/**
 * The block cipher XXTEA (Wheeler and Needham, "Correction to xtea", 1998) on one block of two or
 * more little-endian words, in place. Each word depends on the previous one through every round, so
 * the speed is limited by the latency of this dependency chain. The loops are unrolled by four
 * words, so that key words are named variables and each word is read once. Interleaving two blocks
 * was no faster on a busy core. One instance per block; not thread-safe.
 */
public final class Xxtea {
  /** Minimum block length in bytes. */
  public static final int MIN_BLOCK = 2 * Integer.BYTES;

  static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int DELTA = 0x9e3779b9;

  private final byte[] data;
  private final int first;
  private final int last;
  private final int[] key;
  private final int rounds;

  private Xxtea(byte[] data, int offset, int length, ChunkKey key) {
    this.data = data;
    this.first = offset;
    this.last = offset + length - Integer.BYTES;
    this.key = words(key);
    this.rounds = 6 + 52 / (length / Integer.BYTES);
  }

  /**
   * Encrypts a block.
   *
   * @param length in bytes: a multiple of 4, at least {@link #MIN_BLOCK}
   */
  public static void encrypt(byte[] data, int offset, int length, ChunkKey key) {
    Xxtea block = new Xxtea(data, offset, length, key);
    int sum = 0;
    for (int round = 0; round < block.rounds; round++) {
      sum += DELTA;
      block.encrypt(sum);
    }
  }

  /**
   * Decrypts a block.
   *
   * @param length in bytes: a multiple of 4, at least {@link #MIN_BLOCK}
   */
  public static void decrypt(byte[] data, int offset, int length, ChunkKey key) {
    Xxtea block = new Xxtea(data, offset, length, key);
    for (int sum = block.rounds * DELTA; sum != 0; sum -= DELTA) {
      block.decrypt(sum);
    }
  }

  /** A round from the first word to the last. */
  private void encrypt(int sum) {
    byte[] v = data;
    int e = chosen(sum);
    int k0 = key[e];
    int k1 = key[e ^ 1];
    int k2 = key[e ^ 2];
    int k3 = key[e ^ 3];
    int z = (int) WORD.get(v, last);
    int x = (int) WORD.get(v, first);
    int at = first;
    for (int end = last - 12; at < end; at += 16) {
      int y = (int) WORD.get(v, at + 4);
      z = x + mix(z, y, sum, k0);
      WORD.set(v, at, z);
      x = (int) WORD.get(v, at + 8);
      z = y + mix(z, x, sum, k1);
      WORD.set(v, at + 4, z);
      y = (int) WORD.get(v, at + 12);
      z = x + mix(z, y, sum, k2);
      WORD.set(v, at + 8, z);
      x = (int) WORD.get(v, at + 16);
      z = y + mix(z, x, sum, k3);
      WORD.set(v, at + 12, z);
    }
    for (; at <= last; at += 4) {
      WORD.set(v, at, (int) WORD.get(v, at) + mixAround(at, sum));
    }
  }

  /**
   * A round from the last word to the first; the loop handles all groups of four except the first.
   */
  private void decrypt(int sum) {
    byte[] v = data;
    int at = last;
    for (; at > first && (at - first) % 16 != 12; at -= 4) {
      WORD.set(v, at, (int) WORD.get(v, at) - mixAround(at, sum));
    }
    int e = chosen(sum);
    int k0 = key[e];
    int k1 = key[e ^ 1];
    int k2 = key[e ^ 2];
    int k3 = key[e ^ 3];
    int y = (int) WORD.get(v, at == last ? first : at + 4);
    int x = (int) WORD.get(v, at);
    for (int end = first + 12; at > end; at -= 16) {
      int z = (int) WORD.get(v, at - 4);
      y = x - mix(z, y, sum, k3);
      WORD.set(v, at, y);
      x = (int) WORD.get(v, at - 8);
      y = z - mix(x, y, sum, k2);
      WORD.set(v, at - 4, y);
      z = (int) WORD.get(v, at - 12);
      y = x - mix(z, y, sum, k1);
      WORD.set(v, at - 8, y);
      x = (int) WORD.get(v, at - 16);
      y = z - mix(x, y, sum, k0);
      WORD.set(v, at - 12, y);
    }
    for (; at >= first; at -= 4) {
      WORD.set(v, at, (int) WORD.get(v, at) - mixAround(at, sum));
    }
  }

  /** The value to add to a word; its neighbours wrap around the block. */
  private int mixAround(int at, int sum) {
    int z = (int) WORD.get(data, at == first ? last : at - 4);
    int y = (int) WORD.get(data, at == last ? first : at + 4);
    return mix(z, y, sum, key[(((at - first) >> 2) & 3) ^ chosen(sum)]);
  }

  private static int mix(int z, int y, int sum, int key) {
    return ((z >>> 5 ^ y << 2) + (y >>> 3 ^ z << 4)) ^ ((sum ^ y) + (key ^ z));
  }

  /** The key word for the first word of the block in a round. */
  private static int chosen(int sum) {
    return sum >>> 2 & 3;
  }

  private static int[] words(ChunkKey key) {
    return new int[] {
      Integer.reverseBytes((int) (key.high() >>> 32)), Integer.reverseBytes((int) key.high()),
      Integer.reverseBytes((int) (key.low() >>> 32)), Integer.reverseBytes((int) key.low())
    };
  }
}
