package tf.grid.hub.chunk.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import tf.grid.hub.chunk.ByteRange;
import tf.grid.hub.chunk.ChunkKey;

/**
 * XXTEA over a group of blocks. Their words are interleaved in an array of vectors, and all lanes
 * go through a round in step. A round begins and ends with the word at the other end of a block, so
 * blocks of different lengths are aligned where the round begins: at their first words to encrypt,
 * at their last words to decrypt. What a lane computes beyond the end of its block is never used.
 * First words are computed one by one. Not thread-safe.
 */
final class XxteaLanes {
  static final int LANES = XxteaRounds.LANES;

  /** Shorter blocks have more rounds; those of a group must have the same number. */
  static final int MIN_BLOCK = 53 * Integer.BYTES;

  private static final int ROUNDS = 6;
  private static final int DELTA = 0x9e3779b9;
  private static final int KEY_WORDS = 4;

  /** Vectors that are interleaved at a time, so that they stay in the first cache. */
  private static final int TILE = 128;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[][] keys = new int[LANES][KEY_WORDS];
  private final int[] roundKeys = new int[KEY_WORDS * LANES];
  private final int[] firsts = new int[LANES];
  private final int[] counts = new int[LANES];
  private int[] words = new int[0];
  private int top;

  /**
   * Encrypts blocks in place.
   *
   * @param blocks 1 to {@link #LANES}, of at least {@link #MIN_BLOCK} bytes each
   */
  void encrypt(List<ByteRange> blocks, List<ChunkKey> blockKeys) {
    prepare(blocks, blockKeys);
    interleave(blocks);
    for (int round = 1; round <= ROUNDS; round++) {
      int sum = round * DELTA;
      chooseKeys(sum);
      for (int lane = 0; lane < blocks.size(); lane++) {
        encryptFirst(lane, sum);
      }
      XxteaRounds.encrypt(words, top, sum, roundKeys);
    }
    separate(blocks);
  }

  /**
   * Decrypts blocks in place.
   *
   * @param blocks 1 to {@link #LANES}, of at least {@link #MIN_BLOCK} bytes each
   */
  void decrypt(List<ByteRange> blocks, List<ChunkKey> blockKeys) {
    prepare(blocks, blockKeys);
    for (int lane = 0; lane < blocks.size(); lane++) {
      firsts[lane] = top + 1 - counts[lane];
    }
    interleave(blocks);
    for (int round = ROUNDS; round > 0; round--) {
      int sum = round * DELTA;
      chooseKeys(sum);
      for (int lane = 0; lane < blocks.size(); lane++) {
        words[index(top + 1, lane)] = words[index(firsts[lane], lane)];
      }
      XxteaRounds.decrypt(words, top, sum, roundKeys);
      for (int lane = 0; lane < blocks.size(); lane++) {
        decryptFirst(lane, sum);
      }
    }
    separate(blocks);
  }

  private void prepare(List<ByteRange> blocks, List<ChunkKey> blockKeys) {
    int most = 0;
    for (int lane = 0; lane < blocks.size(); lane++) {
      firsts[lane] = 0;
      counts[lane] = blocks.get(lane).length() / Integer.BYTES;
      most = Math.max(most, counts[lane]);
      split(blockKeys.get(lane), keys[lane]);
    }
    top = (most + XxteaRounds.STEP - 2) / XxteaRounds.STEP * XxteaRounds.STEP;
    if (words.length < index(top + 2, 0)) {
      words = new int[index(top + 2, 0)];
    }
  }

  private static void split(ChunkKey key, int[] to) {
    to[0] = Integer.reverseBytes((int) (key.high() >>> Integer.SIZE));
    to[1] = Integer.reverseBytes((int) key.high());
    to[2] = Integer.reverseBytes((int) (key.low() >>> Integer.SIZE));
    to[3] = Integer.reverseBytes((int) key.low());
  }

  /** Lanes that do not begin at vector 0 need their keys in another order. */
  private void chooseKeys(int sum) {
    int e = sum >>> 2 & 3;
    for (int lane = 0; lane < LANES; lane++) {
      for (int i = 0; i < KEY_WORDS; i++) {
        roundKeys[index(i, lane)] = keys[lane][(i - firsts[lane] & 3) ^ e];
      }
    }
  }

  private void encryptFirst(int lane, int sum) {
    int end = index(counts[lane], lane);
    words[lane] += mix(words[end - LANES], words[lane + LANES], sum, roundKeys[lane]);
    words[end] = words[lane];
  }

  /** The round has overwritten the first word, but not the copy of it behind the last one. */
  private void decryptFirst(int lane, int sum) {
    int first = index(firsts[lane], lane);
    int end = index(top + 1, lane);
    int key = roundKeys[index(firsts[lane] & 3, lane)];
    words[first] = words[end] - mix(words[end - LANES], words[first + LANES], sum, key);
  }

  private static int mix(int z, int y, int sum, int key) {
    return ((z >>> 5 ^ y << 2) + (y >>> 3 ^ z << 4)) ^ ((sum ^ y) + (key ^ z));
  }

  private static int index(int vector, int lane) {
    return vector * LANES + lane;
  }

  private void interleave(List<ByteRange> blocks) {
    for (int from = 0; from <= top; from += TILE) {
      for (int lane = 0; lane < blocks.size(); lane++) {
        int start = Math.max(from, firsts[lane]);
        int count = Math.min(from + TILE, firsts[lane] + counts[lane]) - start;
        ByteRange block = blocks.get(lane);
        int at = block.offset() + (start - firsts[lane]) * Integer.BYTES;
        spread(block.array(), at, count, words, index(start, lane));
      }
    }
  }

  private void separate(List<ByteRange> blocks) {
    for (int from = 0; from <= top; from += TILE) {
      for (int lane = 0; lane < blocks.size(); lane++) {
        int start = Math.max(from, firsts[lane]);
        int count = Math.min(from + TILE, firsts[lane] + counts[lane]) - start;
        ByteRange block = blocks.get(lane);
        int at = block.offset() + (start - firsts[lane]) * Integer.BYTES;
        collect(words, index(start, lane), count, block.array(), at);
      }
    }
  }

  /** Copies words of a block to one lane, two at a time. */
  private static void spread(byte[] block, int at, int count, int[] words, int to) {
    int i = 0;
    for (; i < count - 1; i += 2) {
      long two = (long) LONG.get(block, at + i * Integer.BYTES);
      words[to + i * LANES] = (int) two;
      words[to + i * LANES + LANES] = (int) (two >>> Integer.SIZE);
    }
    if (i < count) {
      words[to + i * LANES] = (int) INT.get(block, at + i * Integer.BYTES);
    }
  }

  /** Copies words of one lane to a block, two at a time. */
  private static void collect(int[] words, int from, int count, byte[] block, int at) {
    int i = 0;
    for (; i < count - 1; i += 2) {
      long low = Integer.toUnsignedLong(words[from + i * LANES]);
      long high = words[from + i * LANES + LANES];
      LONG.set(block, at + i * Integer.BYTES, low | high << Integer.SIZE);
    }
    if (i < count) {
      INT.set(block, at + i * Integer.BYTES, words[from + i * LANES]);
    }
  }
}
