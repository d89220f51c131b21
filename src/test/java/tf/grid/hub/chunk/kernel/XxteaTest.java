package tf.grid.hub.chunk.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.chunk.ChunkKey;

/** The cipher against the published algorithm, written down as plainly as possible. */
class XxteaTest {

  static IntStream wordCounts() {
    return IntStream.concat(
        IntStream.rangeClosed(2, 80), IntStream.of(255, 256, 257, 131_073, 152_927));
  }

  @ParameterizedTest
  @MethodSource("wordCounts")
  void it_encrypts_as_published(int count) {
    Sample sample = new Sample(count);
    byte[] data = sample.data.clone();
    Xxtea.encrypt(data, sample.offset, 4 * count, sample.key);
    assertThat(data).isEqualTo(sample.encryptedAsPublished());
  }

  @ParameterizedTest
  @MethodSource("wordCounts")
  void it_decrypts_what_was_encrypted_as_published(int count) {
    Sample sample = new Sample(count);
    byte[] data = sample.encryptedAsPublished();
    Xxtea.decrypt(data, sample.offset, 4 * count, sample.key);
    assertThat(data).isEqualTo(sample.data);
  }

  /** A block somewhere inside an array: what is around it must stay as it is. */
  private static final class Sample {
    private final byte[] data;
    private final int offset;
    private final int count;
    private final ChunkKey key;

    Sample(int count) {
      Random random = new Random(count);
      this.count = count;
      offset = random.nextInt(9);
      data = new byte[offset + 4 * count + random.nextInt(9)];
      random.nextBytes(data);
      key = new ChunkKey(random.nextLong(), random.nextLong());
    }

    byte[] encryptedAsPublished() {
      int[] v = words(Arrays.copyOfRange(data, offset, offset + 4 * count));
      btea(v, words(key.bytes()));
      ByteBuffer result = ByteBuffer.wrap(data.clone()).order(ByteOrder.LITTLE_ENDIAN);
      result.position(offset);
      for (int word : v) {
        result.putInt(word);
      }
      return result.array();
    }

    private static int[] words(byte[] bytes) {
      int[] words = new int[bytes.length / 4];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(words);
      return words;
    }

    private static void btea(int[] v, int[] k) {
      int n = v.length;
      int sum = 0;
      for (int rounds = 6 + 52 / n; rounds > 0; rounds--) {
        sum += 0x9e3779b9;
        for (int p = 0; p < n; p++) {
          int y = v[(p + 1) % n];
          int z = v[(p + n - 1) % n];
          int shifts = ((z >>> 5) ^ (y << 2)) + ((y >>> 3) ^ (z << 4));
          v[p] += shifts ^ ((sum ^ y) + (k[(p & 3) ^ ((sum >>> 2) & 3)] ^ z));
        }
      }
    }
  }
}
