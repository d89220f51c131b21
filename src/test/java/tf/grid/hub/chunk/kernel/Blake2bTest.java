package tf.grid.hub.chunk.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash against the values of RFC 7693 and against another implementation. */
class Blake2bTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void abc_has_the_digest_of_appendix_a() {
    assertThat(HEX.formatHex(Blake2b.digest(64, "abc".getBytes(US_ASCII), 0, 3)))
        .isEqualTo(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  }

  @Test
  void the_root_of_a_flist_has_the_digest_that_the_format_gives() {
    assertThat(HEX.formatHex(Blake2b.digest(16, new byte[0], 0, 0)))
        .isEqualTo("cae66941d9efbd404e4d88758ea67670");
  }

  static IntStream lengths() {
    return IntStream.concat(
        IntStream.rangeClosed(0, 520), IntStream.of(1023, 1024, 1025, 524_287, 524_288, 611_708));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void it_agrees_with_bouncy_castle_at_every_length(int length) {
    Random random = new Random(length);
    int offset = random.nextInt(20);
    byte[] input = new byte[offset + length + random.nextInt(20)];
    random.nextBytes(input);
    for (int digestLength : new int[] {1, 16, 1 + random.nextInt(64), 64}) {
      assertThat(Blake2b.digest(digestLength, input, offset, length))
          .isEqualTo(bouncyCastle(digestLength, input, offset, length));
    }
  }

  @Test
  void it_agrees_with_bouncy_castle_for_every_length_of_digest() {
    byte[] input = new byte[1000];
    new Random(7).nextBytes(input);
    for (int digestLength = 1; digestLength <= 64; digestLength++) {
      assertThat(Blake2b.digest(digestLength, input, 0, input.length))
          .isEqualTo(bouncyCastle(digestLength, input, 0, input.length));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65})
  void a_digest_length_that_does_not_exist_is_refused(int digestLength) {
    assertThatThrownBy(() -> Blake2b.digest(digestLength, new byte[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 64");
  }

  @Test
  void a_range_outside_of_the_array_is_refused() {
    assertThatThrownBy(() -> Blake2b.digest(16, new byte[200], 100, 101))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Blake2b.digest(16, new byte[200], -1, 10))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static byte[] bouncyCastle(int digestLength, byte[] input, int offset, int length) {
    Blake2bDigest hash = new Blake2bDigest(null, digestLength, null, null);
    hash.update(input, offset, length);
    byte[] digest = new byte[digestLength];
    hash.doFinal(digest, 0);
    return digest;
  }
}
