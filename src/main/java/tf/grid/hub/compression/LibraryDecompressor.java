package tf.grid.hub.compression;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;
import tf.grid.hub.compression.DecompressorMemory.Lease;
import tf.grid.hub.problem.Problem;

/**
 * What libraries unpack from bzip2, xz and zstd. Damage becomes {@link CompressionException}, in
 * words of the hub and with nothing that the packed stream says itself; a failure of the stream
 * below stays what it is. Several packed streams may follow each other. Not thread-safe.
 */
final class LibraryDecompressor extends InputStream {
  /** 32 MiB, what the usual levels need; a larger window would let senders take more memory. */
  private static final int MOST_WINDOW_BITS = 25;

  /** The error code of the library. */
  private static final int WINDOW_TOO_LARGE = 16;

  /** Enough for the highest level of the xz tool. */
  private static final int XZ_MEMORY_KIB = 80 << 10;

  private final Lease memory;
  private final InputStream plain;
  private final String format;

  private LibraryDecompressor(String format, InputStream packed, Decompressor decompressor)
      throws IOException {
    this(format, packed, decompressor, () -> {});
  }

  private LibraryDecompressor(
      String format, InputStream packed, Decompressor decompressor, Lease memory)
      throws IOException {
    this.format = format;
    this.memory = memory;
    boolean opened = false;
    try {
      this.plain = attempt(() -> decompressor.open(new Source(packed)));
      opened = true;
    } finally {
      if (!opened) {
        memory.close();
      }
    }
  }

  static InputStream bzip2(InputStream packed) throws IOException {
    return new LibraryDecompressor("bzip2", packed, Bzip2Streams::new);
  }

  /**
   * Takes what the first dictionary needs. A later one may not be larger.
   *
   * @param packed supports marks
   */
  static InputStream xz(InputStream packed, DecompressorMemory memory) throws IOException {
    int kib = Math.min(XZ_MEMORY_KIB, XzDictionary.memoryKib(packed));
    Lease lease = memory.take((long) kib << 10);
    return new LibraryDecompressor("xz", packed, source -> new XZInputStream(source, kib), lease);
  }

  /** Takes the memory of each frame when it begins. */
  static InputStream zstd(InputStream packed, DecompressorMemory memory) throws IOException {
    ZstdFrames frames = new ZstdFrames(packed, memory, 1L << MOST_WINDOW_BITS);
    return new LibraryDecompressor(
        "zstd",
        frames,
        source -> {
          ZstdInputStreamNoFinalizer stream = new ZstdInputStreamNoFinalizer(source);
          stream.setLongMax(MOST_WINDOW_BITS);
          return stream;
        },
        frames::close);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return attempt(() -> plain.read(into, offset, length));
  }

  /** Frees the decompressor's memory; the packed stream stays open. */
  @Override
  public void close() throws IOException {
    try {
      plain.close();
    } finally {
      memory.close();
    }
  }

  private <T> T attempt(Step<T> step) throws IOException {
    try {
      return step.take();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CompressionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (e instanceof Problem && e instanceof RuntimeException noMemory) {
        throw noMemory;
      }
      // Decompressors report damage by their own exceptions and, in some cases, by array bounds.
      throw new CompressionException(problem(e), e);
    }
  }

  private String problem(Exception e) {
    if (e instanceof ZstdIOException zstd && zstd.getErrorCode() == WINDOW_TOO_LARGE) {
      return "the archive is packed with a zstd window of more than "
          + (1 << MOST_WINDOW_BITS)
          + " bytes: pack it with a level of at most 20";
    }
    if (e instanceof MemoryLimitException) {
      return "the archive is packed with an xz dictionary that is too large: pack it with a level"
          + " of at most 9";
    }
    return "the archive is damaged: its " + format + " data cannot be unpacked";
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws IOException;
  }

  @FunctionalInterface
  private interface Decompressor {
    InputStream open(InputStream packed) throws IOException;
  }

  /**
   * Lets failures of the packed stream pass through decompressors, apart from theirs, and keeps
   * them from closing it.
   */
  private static final class Source extends FilterInputStream {

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      // not ours
    }
  }
}
