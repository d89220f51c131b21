package tf.grid.hub.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.xerial.snappy.Snappy;

/** The chunk codec, written down from the format's description step by step. */
public final class SpecCodec {
  private static final int DELTA = 0x9e3779b9;

  private SpecCodec() {}

  /** BLAKE2b without a key. */
  public static byte[] blake2b(int length, byte[] input) {
    Blake2bDigest digest = new Blake2bDigest(length * 8);
    digest.update(input, 0, input.length);
    byte[] out = new byte[length];
    digest.doFinal(out, 0);
    return out;
  }

  /** Plain bytes of stored ones; both digests are checked. */
  public static byte[] open(byte[] id, byte[] key, byte[] stored) throws IOException {
    if (!Arrays.equals(blake2b(16, stored), id)) {
      throw new IOException("the stored bytes are not those of the id");
    }
    byte[] plain = Snappy.uncompress(decrypt(stored, key));
    if (!Arrays.equals(blake2b(16, plain), key)) {
      throw new IOException("the plain bytes are not those of the key");
    }
    return plain;
  }

  /** Stored bytes of plain ones. */
  public static byte[] seal(byte[] plain, byte[] key) throws IOException {
    byte[] compressed = Snappy.compress(plain);
    int[] v = Arrays.copyOf(words(padded(compressed)), (compressed.length + 3) / 4 + 1);
    v[v.length - 1] = compressed.length;
    int[] k = words(key);
    int n = v.length;
    int sum = 0;
    int z = v[n - 1];
    for (int rounds = 6 + 52 / n; rounds > 0; rounds--) {
      sum += DELTA;
      int e = (sum >>> 2) & 3;
      for (int p = 0; p < n; p++) {
        int y = v[p < n - 1 ? p + 1 : 0];
        v[p] +=
            (((z >>> 5) ^ (y << 2)) + ((y >>> 3) ^ (z << 4))) ^ ((sum ^ y) + (k[(p & 3) ^ e] ^ z));
        z = v[p];
      }
    }
    ByteBuffer out = ByteBuffer.allocate(n * 4).order(ByteOrder.LITTLE_ENDIAN);
    out.asIntBuffer().put(v);
    return out.array();
  }

  private static byte[] padded(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4);
  }

  private static byte[] decrypt(byte[] stored, byte[] key) {
    int[] v = words(stored);
    int[] k = words(key);
    int n = v.length;
    int sum = (6 + 52 / n) * DELTA;
    int y = v[0];
    while (sum != 0) {
      int e = (sum >>> 2) & 3;
      for (int p = n - 1; p >= 0; p--) {
        int z = v[p > 0 ? p - 1 : n - 1];
        v[p] -=
            (((z >>> 5) ^ (y << 2)) + ((y >>> 3) ^ (z << 4))) ^ ((sum ^ y) + (k[(p & 3) ^ e] ^ z));
        y = v[p];
      }
      sum -= DELTA;
    }
    ByteBuffer out = ByteBuffer.allocate(n * 4).order(ByteOrder.LITTLE_ENDIAN);
    out.asIntBuffer().put(v);
    return Arrays.copyOf(out.array(), v[n - 1]);
  }

  private static int[] words(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
    return words;
  }
}
