package tf.grid.hub.chunk.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A round of XXTEA on the blocks of all lanes, except for their first words. A vector has one word
 * of each lane, and vector {@code i} has the words of which the key is chosen by {@code i & 3}. The
 * loops are unrolled by four vectors, so that key vectors are named variables. There are no methods
 * for the steps, because HotSpot stops to inline them at a number of bytecodes, and every vector
 * becomes an object.
 */
final class XxteaRounds {
  /** Longer vectors would need 16 long blocks at once. */
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;

  static final int LANES = INTS.length();

  /** Vectors that a loop handles in one go. */
  static final int STEP = 4;

  private XxteaRounds() {}

  /**
   * Encrypts vectors 1 to {@code top}; vector 0 has been encrypted, and a copy of a lane's first
   * word is behind its last one.
   *
   * @param words has {@code top + 2} vectors
   * @param top a multiple of {@link #STEP}
   * @param sum of the round
   * @param keys four vectors with the keys of words 0 to 3
   */
  static void encrypt(int[] words, int top, int sum, int[] keys) {
    IntVector s = IntVector.broadcast(INTS, sum);
    IntVector k0 = IntVector.fromArray(INTS, keys, 0);
    IntVector k1 = IntVector.fromArray(INTS, keys, LANES);
    IntVector k2 = IntVector.fromArray(INTS, keys, 2 * LANES);
    IntVector k3 = IntVector.fromArray(INTS, keys, 3 * LANES);
    IntVector z = IntVector.fromArray(INTS, words, 0);
    IntVector x = IntVector.fromArray(INTS, words, LANES);
    for (int at = LANES; at < top * LANES; at += STEP * LANES) {
      IntVector y = IntVector.fromArray(INTS, words, at + LANES);
      z =
          z.lanewise(LSHR, 5)
              .lanewise(XOR, y.lanewise(LSHL, 2))
              .add(y.lanewise(LSHR, 3).lanewise(XOR, z.lanewise(LSHL, 4)))
              .lanewise(XOR, s.lanewise(XOR, y).add(k1.lanewise(XOR, z)))
              .add(x);
      z.intoArray(words, at);
      x = IntVector.fromArray(INTS, words, at + 2 * LANES);
      z =
          z.lanewise(LSHR, 5)
              .lanewise(XOR, x.lanewise(LSHL, 2))
              .add(x.lanewise(LSHR, 3).lanewise(XOR, z.lanewise(LSHL, 4)))
              .lanewise(XOR, s.lanewise(XOR, x).add(k2.lanewise(XOR, z)))
              .add(y);
      z.intoArray(words, at + LANES);
      y = IntVector.fromArray(INTS, words, at + 3 * LANES);
      z =
          z.lanewise(LSHR, 5)
              .lanewise(XOR, y.lanewise(LSHL, 2))
              .add(y.lanewise(LSHR, 3).lanewise(XOR, z.lanewise(LSHL, 4)))
              .lanewise(XOR, s.lanewise(XOR, y).add(k3.lanewise(XOR, z)))
              .add(x);
      z.intoArray(words, at + 2 * LANES);
      x = IntVector.fromArray(INTS, words, at + 4 * LANES);
      z =
          z.lanewise(LSHR, 5)
              .lanewise(XOR, x.lanewise(LSHL, 2))
              .add(x.lanewise(LSHR, 3).lanewise(XOR, z.lanewise(LSHL, 4)))
              .lanewise(XOR, s.lanewise(XOR, x).add(k0.lanewise(XOR, z)))
              .add(y);
      z.intoArray(words, at + 3 * LANES);
    }
  }

  /**
   * Decrypts vectors {@code top} down to 1; vector {@code top + 1} has the first words, before the
   * round.
   *
   * @param words has {@code top + 2} vectors
   * @param top a multiple of {@link #STEP}
   * @param sum of the round
   * @param keys four vectors with the keys of words 0 to 3
   */
  static void decrypt(int[] words, int top, int sum, int[] keys) {
    IntVector s = IntVector.broadcast(INTS, sum);
    IntVector k0 = IntVector.fromArray(INTS, keys, 0);
    IntVector k1 = IntVector.fromArray(INTS, keys, LANES);
    IntVector k2 = IntVector.fromArray(INTS, keys, 2 * LANES);
    IntVector k3 = IntVector.fromArray(INTS, keys, 3 * LANES);
    IntVector y = IntVector.fromArray(INTS, words, (top + 1) * LANES);
    IntVector x = IntVector.fromArray(INTS, words, top * LANES);
    for (int at = top * LANES; at > 0; at -= STEP * LANES) {
      IntVector z = IntVector.fromArray(INTS, words, at - LANES);
      y =
          x.sub(
              z.lanewise(LSHR, 5)
                  .lanewise(XOR, y.lanewise(LSHL, 2))
                  .add(y.lanewise(LSHR, 3).lanewise(XOR, z.lanewise(LSHL, 4)))
                  .lanewise(XOR, s.lanewise(XOR, y).add(k0.lanewise(XOR, z))));
      y.intoArray(words, at);
      x = IntVector.fromArray(INTS, words, at - 2 * LANES);
      y =
          z.sub(
              x.lanewise(LSHR, 5)
                  .lanewise(XOR, y.lanewise(LSHL, 2))
                  .add(y.lanewise(LSHR, 3).lanewise(XOR, x.lanewise(LSHL, 4)))
                  .lanewise(XOR, s.lanewise(XOR, y).add(k3.lanewise(XOR, x))));
      y.intoArray(words, at - LANES);
      z = IntVector.fromArray(INTS, words, at - 3 * LANES);
      y =
          x.sub(
              z.lanewise(LSHR, 5)
                  .lanewise(XOR, y.lanewise(LSHL, 2))
                  .add(y.lanewise(LSHR, 3).lanewise(XOR, z.lanewise(LSHL, 4)))
                  .lanewise(XOR, s.lanewise(XOR, y).add(k2.lanewise(XOR, z))));
      y.intoArray(words, at - 2 * LANES);
      x = IntVector.fromArray(INTS, words, at - 4 * LANES);
      y =
          z.sub(
              x.lanewise(LSHR, 5)
                  .lanewise(XOR, y.lanewise(LSHL, 2))
                  .add(y.lanewise(LSHR, 3).lanewise(XOR, x.lanewise(LSHL, 4)))
                  .lanewise(XOR, s.lanewise(XOR, y).add(k1.lanewise(XOR, x))));
      y.intoArray(words, at - 3 * LANES);
    }
  }
}
