package tf.grid.hub.compression;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tf.grid.hub.problem.Problem;

class ZstdFramesTest {
  private static final long BESIDES = 512 << 10;
  private static final byte[] SKIPPABLE = {0x5A, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'};

  private final List<Long> taken = new ArrayList<>();
  private int given;

  private final DecompressorMemory memory =
      bytes -> {
        taken.add(bytes);
        return () -> given++;
      };

  @Test
  void a_frame_takes_the_memory_of_its_window() throws IOException {
    byte[] content = content(3 << 20);
    assertThat(unpacked(frame(content, 21), 8192)).isEqualTo(content);
    assertThat(taken).containsExactly((2L << 20) + BESIDES);
    assertThat(given).isEqualTo(1);
  }

  @Test
  void later_frames_take_only_what_they_need_in_addition() throws IOException {
    byte[] content = content(200_000);
    byte[] whole = Zstd.compress(content);
    byte[] packed =
        joined(SKIPPABLE, frame(content, 20), whole, SKIPPABLE, frame(content, 23), whole);
    byte[] expected = joined(content, content, content, content);
    for (int step : new int[] {1, 7, 100_000}) {
      taken.clear();
      assertThat(unpacked(packed, step)).isEqualTo(expected);
      assertThat(taken).containsExactly((1L << 20) + BESIDES, 7L << 20);
    }
  }

  @Test
  void a_frame_that_says_how_long_it_is_takes_as_much() throws IOException {
    for (int length : new int[] {0, 1, 255, 256, 65_791, 65_792, 100_000}) {
      taken.clear();
      byte[] content = content(length);
      assertThat(unpacked(Zstd.compress(content), 3)).isEqualTo(content);
      assertThat(taken).containsExactly(length + BESIDES);
    }
  }

  @Test
  void nothing_is_taken_for_a_window_that_is_refused_anyway() throws IOException {
    byte[] packed = frame(content(1000), 27);
    assertThatThrownBy(() -> unpacked(packed, 100)).hasMessageContaining("zstd window");
    assertThat(taken).isEmpty();
  }

  @Test
  void damaged_data_is_left_to_the_decompressor() throws IOException {
    byte[] packed = frame(content(300_000), 20);
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = packed.clone();
      damaged[4 + random.nextInt(packed.length - 4)] ^= (byte) (1 << random.nextInt(8));
      try {
        unpacked(Arrays.copyOf(damaged, random.nextInt(damaged.length) + 1), 1000);
      } catch (CompressionException e) {
        assertThat(e).hasMessageContaining("zstd");
      }
    }
    assertThat(taken).allMatch(bytes -> bytes <= (32L << 20) + BESIDES);
  }

  @Test
  void a_client_that_must_wait_for_memory_is_told_so() throws IOException {
    DecompressorMemory busy =
        bytes -> {
          throw new Busy();
        };
    byte[] packed = frame(content(1000), 20);
    assertThatThrownBy(
            () -> DecompressedStream.open(new ByteArrayInputStream(packed), busy).readAllBytes())
        .isInstanceOf(Busy.class);
  }

  private static final class Busy extends RuntimeException implements Problem {
    private static final long serialVersionUID = 1;

    @Override
    public int status() {
      return 503;
    }
  }

  private byte[] unpacked(byte[] packed, int step) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(packed) {
          @Override
          public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(step, length));
          }
        };
    try (InputStream plain = DecompressedStream.open(slow, memory)) {
      return plain.readAllBytes();
    }
  }

  private static byte[] frame(byte[] content, int windowBits) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(packed)) {
      out.setChecksum(true);
      out.setLong(windowBits);
      out.write(content);
    }
    return packed.toByteArray();
  }

  /** Compresses a little, and has long equal parts, which become blocks of their own kind. */
  private static byte[] content(int length) {
    byte[] content = new byte[length];
    byte[] words = "some words that come again ".getBytes(US_ASCII);
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      content[i] = i / 150_000 % 2 == 1 ? 0 : i % 3 == 0 ? (byte) random.nextInt() : words[i % 26];
    }
    return content;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
