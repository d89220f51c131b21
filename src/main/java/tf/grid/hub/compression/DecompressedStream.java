package tf.grid.hub.compression;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/**
 * Decompresses data of any {@link CompressionFormat}; data that is not compressed passes unchanged.
 * Reading throws {@link CompressionException} for damaged data; failures of the source are passed
 * on. Closing frees the memory of the decompressor; the source stays open. Not thread-safe.
 */
public final class DecompressedStream extends FilterInputStream {
  private static final int BUFFER = 64 << 10;

  private final CompressionFormat format;
  private final boolean empty;

  private DecompressedStream(InputStream plain, CompressionFormat format, boolean empty) {
    super(plain);
    this.format = format;
    this.empty = empty;
  }

  /** The same without a bound of memory. */
  public static DecompressedStream open(InputStream source) throws IOException {
    return open(source, DecompressorMemory.UNBOUNDED);
  }

  /**
   * Detects the format and starts to decompress.
   *
   * @param source read in large steps, not closed
   * @param memory for formats that need much
   * @throws CompressionException if the data is damaged or has an unsupported format
   */
  public static DecompressedStream open(InputStream source, DecompressorMemory memory)
      throws IOException {
    byte[] start = source.readNBytes(CompressionFormat.MAGIC_BYTES);
    Optional<String> unsupported = CompressionFormat.unsupported(start);
    if (unsupported.isPresent()) {
      throw new CompressionException(
          "the archive is packed with "
              + unsupported.get()
              + "; send it as .tar.gz, .tar.bz2, .tar.xz or .tar.zst");
    }
    CompressionFormat format = CompressionFormat.of(start);
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(start), new Uncloseable(source));
    return new DecompressedStream(decompressor(format, whole, memory), format, start.length == 0);
  }

  private static InputStream decompressor(
      CompressionFormat format, InputStream whole, DecompressorMemory memory) throws IOException {
    return switch (format) {
      case NONE -> whole;
      case GZIP -> new GunzipStream(whole);
      case BZIP2 -> LibraryDecompressor.bzip2(new BufferedInputStream(whole, BUFFER));
      case XZ -> LibraryDecompressor.xz(new BufferedInputStream(whole, BUFFER), memory);
      case ZSTD -> LibraryDecompressor.zstd(whole, memory);
    };
  }

  /** The format of the source. */
  public CompressionFormat format() {
    return format;
  }

  /** Whether the source has not a single byte. */
  public boolean isEmpty() {
    return empty;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return in.read(into, offset, length);
  }

  /** Keeps {@link SequenceInputStream} from closing the source. */
  private static final class Uncloseable extends FilterInputStream {
    Uncloseable(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, length);
    }

    @Override
    public void close() {
      // belongs to the caller
    }
  }
}
