package tf.grid.hub.build.limit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.limit.Ticker;

/**
 * Measures an archive while it is read and aborts at its limits. The uncompressed size has two
 * measures: bytes of the archive, and bytes of files, which are more if files are sparse. The ratio
 * applies to bytes that are read: holes that cover whole chunks are free, and zeros that fill up
 * other chunks have their own limit. All layers of an image share one meter. Not thread-safe.
 */
public final class ArchiveMeter {
  /** A disk image can have holes in many chunks; up to 1 GiB of zeros is usual. */
  private static final int FILLED_FLOORS = 16;

  private final ArchiveLimits limits;
  private final Ticker ticker;
  private final long startNanos;
  private long received;
  private long unpacked;
  private long files;
  private long filled;
  private long known;
  private long entries;

  /** Starts the measurement of time. */
  public ArchiveMeter(ArchiveLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.startNanos = ticker.nanos();
  }

  /** Counts received bytes, which may be compressed; reading throws beyond the limit of time. */
  public InputStream receiving(InputStream in) {
    return new Counted(in, this::received);
  }

  /** Counts decompressed bytes; reading throws beyond the limits of size and ratio. */
  public InputStream unpacking(InputStream in) {
    return new Counted(in, this::unpacked);
  }

  /** Counts a file of this size, including holes. */
  public void file(long size) throws TarException {
    if (size > limits.fileBytes()) {
      throw new TarException(
          "the archive has a file of "
              + size
              + " bytes; the limit is "
              + limits.fileBytes()
              + " (hub.limits.unpacked-bytes)");
    }
  }

  /** Counts an entry, which may be implied. */
  public void entry() throws ArchiveException {
    if (++entries > limits.entries()) {
      throw new ArchiveException(
          "the archive has more entries than the limit of "
              + limits.entries()
              + " (hub.limits.entries)");
    }
  }

  /** Counts a file of this size that is reused from an earlier archive without being received. */
  public void known(long size) throws TarException {
    file(size);
    known += size;
    checkSize(files);
  }

  /** Counts bytes of a file, whether data or a hole. */
  public void content(long count) throws TarException {
    files += count;
    checkSize(files);
  }

  /** Counts zeros of a hole that must be hashed because they share chunks with data. */
  public void filled(long count) throws TarException {
    filled += count;
    checkRatio(filled, FILLED_FLOORS * limits.ratioFloor());
  }

  private void received(long count) throws TarException {
    received += count;
    if (ticker.nanos() - startNanos > limits.time().toNanos()) {
      throw new TarException(
          "the upload took longer than " + limits.time().toSeconds() + " seconds, a fixed limit");
    }
  }

  private void unpacked(long count) throws TarException {
    unpacked += count;
    checkSize(unpacked);
    checkRatio(unpacked, limits.ratioFloor());
  }

  private void checkSize(long size) throws TarException {
    if (size + known > limits.unpackedBytes()) {
      throw new TarException(
          "the archive unpacks to more than "
              + limits.unpackedBytes()
              + " bytes, the limit (hub.limits.unpacked-bytes)");
    }
  }

  private void checkRatio(long size, long floor) throws TarException {
    if (size > floor && size / limits.ratio() > received) {
      throw new TarException(
          "the archive unpacks to more than "
              + limits.ratio()
              + " times its size, the limit against decompression bombs (hub.limits.ratio)");
    }
  }

  private interface Count {
    void add(long count) throws TarException;
  }

  /** Counts the bytes of every read before they are used. */
  private static final class Counted extends FilterInputStream {
    private final Count count;

    Counted(InputStream in, Count count) {
      super(in);
      this.count = count;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        count.add(1);
      }
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) {
        count.add(read);
      }
      return read;
    }
  }
}
