package tf.grid.hub.chunk.kernel;

import static java.lang.Long.rotateRight;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The twelve rounds of BLAKE2b (RFC 7693, section 3.2), unrolled. All words of the work vector and
 * the message are local variables and the message schedule is resolved to names, so the JIT
 * compiler can use registers and needs no table lookups and bounds checks. There are two methods of
 * six rounds because HotSpot does not compile methods of more than 8,000 bytes of bytecode.
 *
 * <p>A line is half of the mixing function G, evaluated from the inside out: add, rotate, add,
 * rotate. The four columns (and the four diagonals) of a round are independent of each other. One
 * statement per step would make this file four times as long and no clearer, hence the suppressed
 * warning.
 */
@SuppressWarnings("AssignmentExpression")
final class Blake2bRounds {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Blake2bRounds() {}

  /** Rounds 0 to 5 on the work vector, with the 128 bytes of input at an index. */
  static void first(long[] v, byte[] input, int at) {
    long m0 = (long) WORD.get(input, at);
    long m1 = (long) WORD.get(input, at + 8);
    long m2 = (long) WORD.get(input, at + 16);
    long m3 = (long) WORD.get(input, at + 24);
    long m4 = (long) WORD.get(input, at + 32);
    long m5 = (long) WORD.get(input, at + 40);
    long m6 = (long) WORD.get(input, at + 48);
    long m7 = (long) WORD.get(input, at + 56);
    long m8 = (long) WORD.get(input, at + 64);
    long m9 = (long) WORD.get(input, at + 72);
    long m10 = (long) WORD.get(input, at + 80);
    long m11 = (long) WORD.get(input, at + 88);
    long m12 = (long) WORD.get(input, at + 96);
    long m13 = (long) WORD.get(input, at + 104);
    long m14 = (long) WORD.get(input, at + 112);
    long m15 = (long) WORD.get(input, at + 120);
    long v0 = v[0];
    long v1 = v[1];
    long v2 = v[2];
    long v3 = v[3];
    long v4 = v[4];
    long v5 = v[5];
    long v6 = v[6];
    long v7 = v[7];
    long v8 = v[8];
    long v9 = v[9];
    long v10 = v[10];
    long v11 = v[11];
    long v12 = v[12];
    long v13 = v[13];
    long v14 = v[14];
    long v15 = v[15];

    // round 0
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m0), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m2), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m4), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m6), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m1), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m3), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m5), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m7), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m8), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m10), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m12), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m14), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m9), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m11), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m13), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m15), 16)), 63);

    // round 1
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m14), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m4), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m9), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m13), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m10), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m8), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m15), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m6), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m1), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m0), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m11), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m5), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m12), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m2), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m7), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m3), 16)), 63);

    // round 2
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m11), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m12), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m5), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m15), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m8), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m0), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m2), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m13), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m10), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m3), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m7), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m9), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m14), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m6), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m1), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m4), 16)), 63);

    // round 3
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m7), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m3), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m13), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m11), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m9), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m1), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m12), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m14), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m2), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m5), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m4), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m15), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m6), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m10), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m0), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m8), 16)), 63);

    // round 4
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m9), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m5), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m2), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m10), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m0), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m7), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m4), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m15), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m14), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m11), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m6), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m3), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m1), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m12), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m8), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m13), 16)), 63);

    // round 5
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m2), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m6), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m0), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m8), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m12), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m10), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m11), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m3), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m4), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m7), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m15), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m1), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m13), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m5), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m14), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m9), 16)), 63);

    v[0] = v0;
    v[1] = v1;
    v[2] = v2;
    v[3] = v3;
    v[4] = v4;
    v[5] = v5;
    v[6] = v6;
    v[7] = v7;
    v[8] = v8;
    v[9] = v9;
    v[10] = v10;
    v[11] = v11;
    v[12] = v12;
    v[13] = v13;
    v[14] = v14;
    v[15] = v15;
  }

  /** Rounds 6 to 11. The schedule has ten rows and starts again with round 10. */
  static void last(long[] v, byte[] input, int at) {
    long m0 = (long) WORD.get(input, at);
    long m1 = (long) WORD.get(input, at + 8);
    long m2 = (long) WORD.get(input, at + 16);
    long m3 = (long) WORD.get(input, at + 24);
    long m4 = (long) WORD.get(input, at + 32);
    long m5 = (long) WORD.get(input, at + 40);
    long m6 = (long) WORD.get(input, at + 48);
    long m7 = (long) WORD.get(input, at + 56);
    long m8 = (long) WORD.get(input, at + 64);
    long m9 = (long) WORD.get(input, at + 72);
    long m10 = (long) WORD.get(input, at + 80);
    long m11 = (long) WORD.get(input, at + 88);
    long m12 = (long) WORD.get(input, at + 96);
    long m13 = (long) WORD.get(input, at + 104);
    long m14 = (long) WORD.get(input, at + 112);
    long m15 = (long) WORD.get(input, at + 120);
    long v0 = v[0];
    long v1 = v[1];
    long v2 = v[2];
    long v3 = v[3];
    long v4 = v[4];
    long v5 = v[5];
    long v6 = v[6];
    long v7 = v[7];
    long v8 = v[8];
    long v9 = v[9];
    long v10 = v[10];
    long v11 = v[11];
    long v12 = v[12];
    long v13 = v[13];
    long v14 = v[14];
    long v15 = v[15];

    // round 6
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m12), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m1), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m14), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m4), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m5), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m15), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m13), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m10), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m0), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m6), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m9), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m8), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m7), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m3), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m2), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m11), 16)), 63);

    // round 7
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m13), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m7), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m12), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m3), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m11), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m14), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m1), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m9), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m5), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m15), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m8), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m2), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m0), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m4), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m6), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m10), 16)), 63);

    // round 8
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m6), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m14), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m11), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m0), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m15), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m9), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m3), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m8), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m12), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m13), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m1), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m10), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m2), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m7), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m4), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m5), 16)), 63);

    // round 9
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m10), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m8), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m7), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m1), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m2), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m4), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m6), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m5), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m15), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m9), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m3), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m13), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m11), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m14), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m12), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m0), 16)), 63);

    // round 10
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m0), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m2), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m4), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m6), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m1), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m3), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m5), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m7), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m8), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m10), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m12), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m14), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m9), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m11), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m13), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m15), 16)), 63);

    // round 11
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m14), 32)), 24);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m4), 32)), 24);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m9), 32)), 24);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m13), 32)), 24);
    v4 = rotateRight(v4 ^ (v8 += v12 = rotateRight(v12 ^ (v0 += v4 + m10), 16)), 63);
    v5 = rotateRight(v5 ^ (v9 += v13 = rotateRight(v13 ^ (v1 += v5 + m8), 16)), 63);
    v6 = rotateRight(v6 ^ (v10 += v14 = rotateRight(v14 ^ (v2 += v6 + m15), 16)), 63);
    v7 = rotateRight(v7 ^ (v11 += v15 = rotateRight(v15 ^ (v3 += v7 + m6), 16)), 63);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m1), 32)), 24);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m0), 32)), 24);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m11), 32)), 24);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m5), 32)), 24);
    v5 = rotateRight(v5 ^ (v10 += v15 = rotateRight(v15 ^ (v0 += v5 + m12), 16)), 63);
    v6 = rotateRight(v6 ^ (v11 += v12 = rotateRight(v12 ^ (v1 += v6 + m2), 16)), 63);
    v7 = rotateRight(v7 ^ (v8 += v13 = rotateRight(v13 ^ (v2 += v7 + m7), 16)), 63);
    v4 = rotateRight(v4 ^ (v9 += v14 = rotateRight(v14 ^ (v3 += v4 + m3), 16)), 63);

    v[0] = v0;
    v[1] = v1;
    v[2] = v2;
    v[3] = v3;
    v[4] = v4;
    v[5] = v5;
    v[6] = v6;
    v[7] = v7;
    v[8] = v8;
    v[9] = v9;
    v[10] = v10;
    v[11] = v11;
    v[12] = v12;
    v[13] = v13;
    v[14] = v14;
    v[15] = v15;
  }
}
