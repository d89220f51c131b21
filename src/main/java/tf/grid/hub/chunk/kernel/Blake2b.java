package tf.grid.hub.chunk.kernel;

import java.util.Objects;

/**
 * Unkeyed BLAKE2b (RFC 7693) for input that is completely in memory. Everything a hub stores is
 * hashed twice, so this implementation is optimized for speed
 * (docs/adr/0012-own-blake2b-and-xxtea.md). Thread-safe.
 */
public final class Blake2b {
  /** Maximum length of a digest in bytes. */
  public static final int MAX_DIGEST = 64;

  private static final int BLOCK = 128;
  private static final long[] IV = {
    0x6a09e667f3bcc908L,
    0xbb67ae8584caa73bL,
    0x3c6ef372fe94f82bL,
    0xa54ff53a5f1d36f1L,
    0x510e527fade682d1L,
    0x9b05688c2b3e6c1fL,
    0x1f83d9abfb41bd6bL,
    0x5be0cd19137e2179L
  };
  private static final int WORDS = IV.length;

  private Blake2b() {}

  /**
   * Hashes a range of an array.
   *
   * @param digestLength 1 to 64 bytes; a shorter digest is not a prefix of a longer one
   * @return the digest, in a new array
   * @throws IllegalArgumentException if the digest length is invalid
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public static byte[] digest(int digestLength, byte[] input, int offset, int length) {
    long[] state = state(digestLength, input, offset, length);
    byte[] digest = new byte[digestLength];
    for (int i = 0; i < digestLength; i++) {
      digest[i] = (byte) (state[i / Long.BYTES] >>> (i % Long.BYTES * Byte.SIZE));
    }
    return digest;
  }

  /** Returns the eight words of the initialization vector, in a new array. */
  public static long[] initializationVector() {
    return IV.clone();
  }

  /**
   * Returns the eight words of the state before the first block, in a new array.
   *
   * @param digestLength 1 to 64 bytes
   */
  public static long[] initialState(int digestLength) {
    long[] h = IV.clone();
    h[0] ^= 0x01010000L ^ digestLength;
    return h;
  }

  /** Returns the final state: the digest as little-endian words, and unused words. */
  public static long[] state(int digestLength, byte[] input, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, input.length);
    if (digestLength < 1 || digestLength > MAX_DIGEST) {
      throw new IllegalArgumentException(
          "a BLAKE2b digest has 1 to " + MAX_DIGEST + " bytes, not " + digestLength);
    }
    long[] h = initialState(digestLength);
    long[] v = new long[2 * WORDS];
    int done = 0;
    for (; length - done > BLOCK; done += BLOCK) {
      compress(h, v, input, offset + done, done + (long) BLOCK, 0);
    }
    compressLast(h, v, input, offset + done, length - done, length);
    return h;
  }

  /** The last block is padded with zeros. It is empty only if the whole input is empty. */
  private static void compressLast(
      long[] h, long[] v, byte[] input, int at, int left, long length) {
    if (left == BLOCK) {
      compress(h, v, input, at, length, -1);
    } else {
      byte[] padded = new byte[BLOCK];
      System.arraycopy(input, at, padded, 0, left);
      compress(h, v, padded, 0, length, -1);
    }
  }

  /** The function F of RFC 7693; {@code last} is all ones for the last block, otherwise 0. */
  private static void compress(long[] h, long[] v, byte[] input, int at, long counted, long last) {
    System.arraycopy(h, 0, v, 0, WORDS);
    System.arraycopy(IV, 0, v, WORDS, WORDS);
    v[12] ^= counted;
    v[14] ^= last;
    Blake2bRounds.first(v, input, at);
    Blake2bRounds.last(v, input, at);
    for (int i = 0; i < WORDS; i++) {
      h[i] ^= v[i] ^ v[i + WORDS];
    }
  }
}
