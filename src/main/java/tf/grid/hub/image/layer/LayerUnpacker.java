package tf.grid.hub.image.layer;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import tf.grid.hub.build.tar.Compression;
import tf.grid.hub.build.tar.TarException;

/** Unpacks gzip and zstd; plain archives stay as they are. The first bytes tell which it is. */
public final class LayerUnpacker {
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** Zstandard's frames that decoders skip; some writers begin with one. */
  private static final int SKIPPABLE = 0x184D2A50;

  /** 32 MiB, what the usual levels need; a larger window would let strangers take more memory. */
  private static final int MOST_WINDOW_BITS = 25;

  /** The library's number of that error. */
  private static final int WINDOW_TOO_LARGE = 16;

  private LayerUnpacker() {}

  /**
   * The plain bytes. Closing the result frees its memory; the given stream stays open.
   *
   * @throws TarException when it is packed with something else, or nothing can be made of it
   */
  public static InputStream unpack(InputStream packed) throws IOException {
    byte[] start = packed.readNBytes(ZSTD.length);
    if (start.length == 0) {
      return InputStream.nullInputStream();
    }
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(start), new UncloseableStream(packed));
    return isZstd(start) ? zstd(whole) : Compression.unpack(whole);
  }

  private static boolean isZstd(byte[] start) {
    if (Arrays.equals(start, ZSTD)) {
      return true;
    }
    int mark = 0;
    for (int i = start.length - 1; i >= 0; i--) {
      mark = mark << 8 | (start[i] & 0xFF);
    }
    return start.length == ZSTD.length && (mark & ~0xF) == SKIPPABLE;
  }

  private static InputStream zstd(InputStream packed) throws IOException {
    ZstdInputStreamNoFinalizer plain = new ZstdInputStreamNoFinalizer(packed);
    try {
      plain.setLongMax(MOST_WINDOW_BITS);
      return new Explained(plain);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  /** Words what the library finds, and nothing that the packed stream says itself. */
  private static final class Explained extends FilterInputStream {
    Explained(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (ZstdIOException e) {
        throw (TarException) new TarException(problem(e)).initCause(e);
      }
    }

    private static String problem(ZstdIOException e) {
      return e.getErrorCode() == WINDOW_TOO_LARGE
          ? "the archive is packed with a zstd window of more than "
              + (1 << MOST_WINDOW_BITS)
              + " bytes: pack it with a level of at most 20"
          : "the archive is damaged: its zstd data cannot be unpacked";
    }
  }

  /** A stream that stays open: whoever opened it closes it. For one thread. */
  static final class UncloseableStream extends FilterInputStream {
    UncloseableStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, length);
    }

    @Override
    public void close() {
      // not ours
    }
  }
}
