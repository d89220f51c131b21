package tf.grid.hub.chunk.vector;

import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import tf.grid.hub.chunk.kernel.Blake2b;

/**
 * The compression function of BLAKE2b (RFC 7693, section 3.2) on a block of each lane. A vector has
 * the same word of all lanes.
 *
 * <p>The rounds are a loop over the message schedule: with all twelve unrolled, the method is too
 * large for the JIT compiler, and every vector becomes an object. For the same reason, there are no
 * methods for the steps of G: HotSpot stops to inline them at a number of bytecodes.
 */
final class Blake2bRounds {
  static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  static final int LANES = LONGS.length();

  private static final int WORDS = 16;
  private static final int ROUNDS = 12;
  private static final long[] IV = Blake2b.initializationVector();

  /**
   * Which word of the message is added in each step of a round. The last two rounds are as 0, 1.
   */
  private static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
  };

  private static final int[] SCHEDULE = schedule();

  private Blake2bRounds() {}

  /** The indexes of message vectors for all rounds. */
  private static int[] schedule() {
    int[] indexes = new int[ROUNDS * WORDS];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = SIGMA[i / WORDS % SIGMA.length][i % WORDS] * LANES;
    }
    return indexes;
  }

  /**
   * Compresses a block of each lane.
   *
   * @param state eight vectors, which are replaced
   * @param words the block, as 16 vectors
   * @param counted for each lane, the number of bytes up to the end of this block
   * @param last for each lane, all ones if the block is its last, otherwise 0
   */
  static void compress(long[] state, long[] words, long[] counted, long[] last) {
    int[] s = SCHEDULE;
    LongVector v0 = LongVector.fromArray(LONGS, state, 0);
    LongVector v1 = LongVector.fromArray(LONGS, state, LANES);
    LongVector v2 = LongVector.fromArray(LONGS, state, 2 * LANES);
    LongVector v3 = LongVector.fromArray(LONGS, state, 3 * LANES);
    LongVector v4 = LongVector.fromArray(LONGS, state, 4 * LANES);
    LongVector v5 = LongVector.fromArray(LONGS, state, 5 * LANES);
    LongVector v6 = LongVector.fromArray(LONGS, state, 6 * LANES);
    LongVector v7 = LongVector.fromArray(LONGS, state, 7 * LANES);
    LongVector v8 = LongVector.broadcast(LONGS, IV[0]);
    LongVector v9 = LongVector.broadcast(LONGS, IV[1]);
    LongVector v10 = LongVector.broadcast(LONGS, IV[2]);
    LongVector v11 = LongVector.broadcast(LONGS, IV[3]);
    LongVector v12 = LongVector.fromArray(LONGS, counted, 0).lanewise(XOR, IV[4]);
    LongVector v13 = LongVector.broadcast(LONGS, IV[5]);
    LongVector v14 = LongVector.fromArray(LONGS, last, 0).lanewise(XOR, IV[6]);
    LongVector v15 = LongVector.broadcast(LONGS, IV[7]);
    for (int r = 0; r < s.length; r += 16) {
      // The four columns.
      v0 = v0.add(v4).add(LongVector.fromArray(LONGS, words, s[r]));
      v1 = v1.add(v5).add(LongVector.fromArray(LONGS, words, s[r + 2]));
      v2 = v2.add(v6).add(LongVector.fromArray(LONGS, words, s[r + 4]));
      v3 = v3.add(v7).add(LongVector.fromArray(LONGS, words, s[r + 6]));
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 32);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 32);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 32);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 32);
      v8 = v8.add(v12);
      v9 = v9.add(v13);
      v10 = v10.add(v14);
      v11 = v11.add(v15);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 24);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 24);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 24);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 24);
      v0 = v0.add(v4).add(LongVector.fromArray(LONGS, words, s[r + 1]));
      v1 = v1.add(v5).add(LongVector.fromArray(LONGS, words, s[r + 3]));
      v2 = v2.add(v6).add(LongVector.fromArray(LONGS, words, s[r + 5]));
      v3 = v3.add(v7).add(LongVector.fromArray(LONGS, words, s[r + 7]));
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
      v8 = v8.add(v12);
      v9 = v9.add(v13);
      v10 = v10.add(v14);
      v11 = v11.add(v15);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 63);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 63);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 63);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 63);
      // The four diagonals.
      v0 = v0.add(v5).add(LongVector.fromArray(LONGS, words, s[r + 8]));
      v1 = v1.add(v6).add(LongVector.fromArray(LONGS, words, s[r + 10]));
      v2 = v2.add(v7).add(LongVector.fromArray(LONGS, words, s[r + 12]));
      v3 = v3.add(v4).add(LongVector.fromArray(LONGS, words, s[r + 14]));
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 32);
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 32);
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 32);
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 32);
      v10 = v10.add(v15);
      v11 = v11.add(v12);
      v8 = v8.add(v13);
      v9 = v9.add(v14);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 24);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 24);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 24);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 24);
      v0 = v0.add(v5).add(LongVector.fromArray(LONGS, words, s[r + 9]));
      v1 = v1.add(v6).add(LongVector.fromArray(LONGS, words, s[r + 11]));
      v2 = v2.add(v7).add(LongVector.fromArray(LONGS, words, s[r + 13]));
      v3 = v3.add(v4).add(LongVector.fromArray(LONGS, words, s[r + 15]));
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16);
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16);
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16);
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16);
      v10 = v10.add(v15);
      v11 = v11.add(v12);
      v8 = v8.add(v13);
      v9 = v9.add(v14);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 63);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 63);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 63);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 63);
    }
    LongVector.fromArray(LONGS, state, 0).lanewise(XOR, v0).lanewise(XOR, v8).intoArray(state, 0);
    LongVector.fromArray(LONGS, state, LANES)
        .lanewise(XOR, v1)
        .lanewise(XOR, v9)
        .intoArray(state, LANES);
    LongVector.fromArray(LONGS, state, 2 * LANES)
        .lanewise(XOR, v2)
        .lanewise(XOR, v10)
        .intoArray(state, 2 * LANES);
    LongVector.fromArray(LONGS, state, 3 * LANES)
        .lanewise(XOR, v3)
        .lanewise(XOR, v11)
        .intoArray(state, 3 * LANES);
    LongVector.fromArray(LONGS, state, 4 * LANES)
        .lanewise(XOR, v4)
        .lanewise(XOR, v12)
        .intoArray(state, 4 * LANES);
    LongVector.fromArray(LONGS, state, 5 * LANES)
        .lanewise(XOR, v5)
        .lanewise(XOR, v13)
        .intoArray(state, 5 * LANES);
    LongVector.fromArray(LONGS, state, 6 * LANES)
        .lanewise(XOR, v6)
        .lanewise(XOR, v14)
        .intoArray(state, 6 * LANES);
    LongVector.fromArray(LONGS, state, 7 * LANES)
        .lanewise(XOR, v7)
        .lanewise(XOR, v15)
        .intoArray(state, 7 * LANES);
  }
}
