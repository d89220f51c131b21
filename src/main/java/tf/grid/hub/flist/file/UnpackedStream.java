package tf.grid.hub.flist.file;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;
import tf.grid.hub.flist.FlistRejectedException;

/**
 * Decompresses gzip, bzip2 or xz, or passes an uncompressed archive through. Damaged or too much
 * data causes {@link FlistRejectedException}; failures of the underlying stream are passed on. Not
 * thread-safe.
 */
final class UnpackedStream extends InputStream {
  private static final int BUFFER = 64 << 10;

  /** Enough for the highest level of the xz tool. */
  private static final int XZ_MEMORY_KIB = 80 << 10;

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BZIP2 = {'B', 'Z', 'h'};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

  private final InputStream in;
  private long left;

  /**
   * @param limit maximum number of decompressed bytes
   */
  UnpackedStream(InputStream archive, long limit) throws IOException {
    BufferedInputStream source = new BufferedInputStream(new Source(archive), BUFFER);
    this.left = limit;
    this.in = attempt(() -> decompressed(source));
  }

  private static InputStream decompressed(BufferedInputStream source) throws IOException {
    source.mark(XZ.length);
    byte[] start = source.readNBytes(XZ.length);
    source.reset();
    if (startsWith(start, GZIP)) {
      return new GZIPInputStream(source, BUFFER);
    } else if (startsWith(start, BZIP2)) {
      return new BZip2CompressorInputStream(source, true);
    } else if (startsWith(start, XZ)) {
      return new XZInputStream(source, XZ_MEMORY_KIB);
    }
    return source;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = attempt(() -> in.read(target, offset, length));
    left -= Math.max(0, read);
    if (left < 0) {
      throw new FlistRejectedException(
          "The flist is larger than this hub accepts when it is unpacked.");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException;
  }

  private static <T> T attempt(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      // Decompressors report damage by their own exceptions and, in some cases, by array bounds.
      throw new FlistRejectedException(
          "The file is no flist, or it is damaged: it cannot be unpacked.", e);
    }
  }

  /** Marks failures of the source, so that they can be distinguished from damaged data. */
  private static final class Source extends FilterInputStream {

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
