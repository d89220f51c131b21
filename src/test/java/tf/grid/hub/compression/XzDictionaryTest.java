package tf.grid.hub.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.FilterOptions;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.X86Options;
import org.tukaani.xz.XZOutputStream;

class XzDictionaryTest {

  private static byte[] packed(FilterOptions... filters) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(bytes, filters)) {
      out.write(new byte[5000]);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"0, 1024", "6, 8296"})
  void the_memory_of_each_level_is_known_before_it_is_used(int level, int kib) throws IOException {
    for (byte[] packed :
        List.of(
            packed(new LZMA2Options(level)), packed(new X86Options(), new LZMA2Options(level)))) {
      InputStream in = new BufferedInputStream(new ByteArrayInputStream(packed));
      assertThat(XzDictionary.memoryKib(in)).isEqualTo(kib);
      assertThat(in.readAllBytes()).isEqualTo(packed);
    }
  }

  @Test
  void the_largest_dictionaries_are_known_from_their_code() throws IOException {
    assertThat(XzDictionary.memoryKib(withDictionary(28))).isEqualTo(65640);
    assertThat(XzDictionary.memoryKib(withDictionary(29))).isEqualTo(98408);
    assertThat(XzDictionary.memoryKib(withDictionary(40))).isEqualTo(Integer.MAX_VALUE);
  }

  /** An encoder for so large a dictionary would need hundreds of megabytes. */
  private static InputStream withDictionary(int code) throws IOException {
    byte[] packed = packed(new LZMA2Options(0));
    packed[16] = (byte) code;
    return new BufferedInputStream(new ByteArrayInputStream(packed));
  }

  @Test
  void damaged_and_short_streams_need_little() throws IOException {
    byte[] packed = packed(new LZMA2Options(6));
    for (int length = 0; length < 20; length++) {
      InputStream in = new BufferedInputStream(new ByteArrayInputStream(packed, 0, length));
      assertThat(XzDictionary.memoryKib(in)).isIn(1024, 8296);
    }
    byte[] ones = new byte[2000];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(XzDictionary.memoryKib(new BufferedInputStream(new ByteArrayInputStream(ones))))
        .isEqualTo(1024);
  }

  @Test
  void memory_is_taken_while_the_stream_is_open() throws IOException {
    List<String> events = new ArrayList<>();
    DecompressorMemory memory =
        bytes -> {
          events.add("take " + bytes);
          return () -> events.add("give");
        };
    byte[] packed = packed(new LZMA2Options(6));
    try (InputStream plain = DecompressedStream.open(new ByteArrayInputStream(packed), memory)) {
      assertThat(plain.readAllBytes()).hasSize(5000);
      assertThat(events).containsExactly("take " + (8296L << 10));
    }
    assertThat(events).endsWith("give").hasSize(2);
  }

  @Test
  void without_memory_nothing_is_opened() throws IOException {
    DecompressorMemory none =
        bytes -> {
          throw new CompressionException("too much");
        };
    byte[] packed = packed(new LZMA2Options(6));
    assertThatThrownBy(() -> DecompressedStream.open(new ByteArrayInputStream(packed), none))
        .hasMessage("too much");
  }
}
