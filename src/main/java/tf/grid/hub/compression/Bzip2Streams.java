package tf.grid.hub.compression;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import tf.grid.hub.problem.PrintableText;

/**
 * Decompresses the bzip2 streams of a file, one after the other. Zeros behind them are padding, as
 * behind gzip data; the library would reject them. Not thread-safe.
 */
final class Bzip2Streams extends InputStream {
  private static final int SHOWN_BYTES = 16;

  private final InputStream packed;
  private InputStream current;

  /**
   * Starts the first stream.
   *
   * @param packed must support {@link #mark}
   */
  Bzip2Streams(InputStream packed) throws IOException {
    this.packed = packed;
    this.current = new BZip2CompressorInputStream(packed, false);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = current.read(into, offset, length);
    while (count < 0 && startsNext()) {
      count = current.read(into, offset, length);
    }
    return count;
  }

  /** Starts the next stream; false at the end of the file. */
  private boolean startsNext() throws IOException {
    packed.mark(SHOWN_BYTES);
    int first = packed.read();
    if (first == 'B') {
      packed.reset();
      current = new BZip2CompressorInputStream(packed, false);
      return true;
    }
    while (first == 0) {
      packed.mark(SHOWN_BYTES);
      first = packed.read();
    }
    if (first < 0) {
      return false;
    }
    packed.reset();
    throw new CompressionException(
        "there is something behind the end of the bzip2 data: '"
            + PrintableText.of(packed.readNBytes(SHOWN_BYTES))
            + "'; bzip2 would ignore it, but it may be a part that got lost: cut the file there or"
            + " pack the archive again");
  }
}
