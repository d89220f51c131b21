package tf.grid.hub.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Data in each of the formats. */
class DecompressedStreamTest {
  private static final byte[] CONTENT = content();

  /** What archives are packed in. */
  enum Format {
    GZIP,
    BZIP2,
    XZ,
    ZSTD,
    PLAIN;

    byte[] pack(byte[] content) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out = packer(packed)) {
        out.write(content);
      }
      return packed.toByteArray();
    }

    private OutputStream packer(OutputStream packed) throws IOException {
      return switch (this) {
        case GZIP -> new GZIPOutputStream(packed);
        case BZIP2 -> new BZip2CompressorOutputStream(packed);
        case XZ -> new XZOutputStream(packed, new LZMA2Options());
        case ZSTD -> new ZstdOutputStreamNoFinalizer(packed).setChecksum(true);
        case PLAIN -> packed;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_packed_comes_out(Format format) throws IOException {
    assertThat(unpack(format.pack(CONTENT))).isEqualTo(CONTENT);
  }

  @Test
  void zeros_behind_bzip2_data_are_padding_and_anything_else_is_named() throws IOException {
    byte[] packed = Format.BZIP2.pack(CONTENT);
    for (int zeros : new int[] {1, 512, 100_000}) {
      byte[] padded = Arrays.copyOf(packed, packed.length + zeros);
      assertThat(unpack(padded)).isEqualTo(CONTENT);
      padded[padded.length - 1] = 'x';
      assertThatThrownBy(() -> unpack(padded))
          .isInstanceOf(CompressionException.class)
          .hasMessageContaining("behind the end of the bzip2 data: 'x'");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void streams_may_follow_each_other(Format format) throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(format.pack(Arrays.copyOf(CONTENT, 1000)));
    two.writeBytes(format.pack(Arrays.copyOfRange(CONTENT, 1000, CONTENT.length)));
    assertThat(unpack(two.toByteArray())).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void a_stream_that_is_cut_off_or_damaged_is_rejected(Format format) throws IOException {
    byte[] packed = format.pack(CONTENT);
    assertThatThrownBy(() -> unpack(Arrays.copyOf(packed, packed.length / 2)))
        .isInstanceOf(CompressionException.class);
    byte[] damaged = packed.clone();
    for (int i = packed.length / 2; i < packed.length / 2 + 100; i++) {
      damaged[i] ^= 0x55;
    }
    assertThatThrownBy(() -> unpack(damaged)).isInstanceOf(CompressionException.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_that_breaks_is_no_damage(Format format) throws IOException {
    byte[] packed = format.pack(CONTENT);
    IOException broken = new IOException("the connection broke");
    InputStream half =
        new SequenceInputStream(
            new ByteArrayInputStream(packed, 0, packed.length / 2),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw broken;
              }

              @Override
              public int read(byte[] into, int offset, int length) throws IOException {
                throw broken;
              }
            });
    assertThatThrownBy(
            () -> {
              try (InputStream plain = DecompressedStream.open(half)) {
                plain.readAllBytes();
              }
            })
        .isSameAs(broken);
  }

  @Test
  void what_needs_too_much_memory_is_rejected() throws IOException {
    byte[] xz = Format.XZ.pack(CONTENT);
    setDictionaryTo256MiB(xz);
    assertThatThrownBy(() -> unpack(xz))
        .isInstanceOf(CompressionException.class)
        .hasMessageContaining("dictionary");
  }

  /** Changes the header of the first block, which follows the 12 bytes of the stream's header. */
  private static void setDictionaryTo256MiB(byte[] xz) {
    assertThat(Arrays.copyOfRange(xz, 12, 16)).containsExactly(2, 0, 0x21, 1);
    xz[16] = 32;
    CRC32 checksum = new CRC32();
    checksum.update(xz, 12, 8);
    ByteBuffer.wrap(xz).order(ByteOrder.LITTLE_ENDIAN).putInt(20, (int) checksum.getValue());
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (InputStream plain = DecompressedStream.open(new ByteArrayInputStream(packed))) {
      return plain.readAllBytes();
    }
  }

  private static byte[] content() {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    return content;
  }
}
