package tf.grid.hub.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.compression.DecompressedStream;

/** Compressed data of all formats is refused or decompressed. */
final class PackedTarget implements FuzzTarget {
  private static final int MOST_BYTES = 8 << 20;

  @Override
  public List<byte[]> seeds() throws IOException {
    byte[] plain = new TarBytes().file("a", "some text, some text").tar();
    List<byte[]> seeds = new ArrayList<>(Seeds.files("field", ".tar.gz"));
    byte[] gzip = TarBytes.gzip(plain);
    byte[] two = Arrays.copyOf(gzip, 2 * gzip.length);
    System.arraycopy(gzip, 0, two, gzip.length, gzip.length);
    seeds.add(two);
    seeds.add(plain);
    for (String format : List.of("bzip2", "xz", "zstd")) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (var out = new CompressorStreamFactory().createCompressorOutputStream(format, packed)) {
        out.write(plain);
      } catch (CompressorException e) {
        throw new IOException(e);
      }
      seeds.add(packed.toByteArray());
    }
    return seeds;
  }

  @Override
  public void read(byte[] packed) throws IOException {
    try (InputStream plain = DecompressedStream.open(new ByteArrayInputStream(packed))) {
      byte[] some = new byte[8192];
      int left = MOST_BYTES;
      for (int count = 0; count >= 0 && left > 0; left -= count) {
        count = plain.read(some, 0, some.length);
      }
    } catch (CompressionException refused) {
      Seeds.checkMessage(refused);
    }
  }
}
