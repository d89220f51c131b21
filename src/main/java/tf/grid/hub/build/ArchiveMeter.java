package tf.grid.hub.build;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.limit.Ticker;

/**
 * Counts what an archive has cost so far and stops it at its limits. Content counts twice over: as
 * bytes of the unpacked archive, and as bytes of files, which sparse files can have many more of.
 * The expansion ratio is one of bytes that were read: holes cost nothing while they are whole
 * chunks, and zeros that fill up other chunks have a bound of their own. An image has one meter for
 * all its layers. Not thread-safe.
 */
public final class ArchiveMeter {
  /** A disk image of a few files has holes in many chunks: 1 GiB of them is still usual. */
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

  /** Starts to measure the time. */
  public ArchiveMeter(ArchiveLimits limits, Ticker ticker) {
    this.limits = limits;
    this.ticker = ticker;
    this.startNanos = ticker.nanos();
  }

  /** Counts the bytes that come in. */
  public InputStream receiving(InputStream in) {
    return new Counted(in, this::received);
  }

  /** Counts the bytes that come out of the decompressor. */
  public InputStream unpacking(InputStream in) {
    return new Counted(in, this::unpacked);
  }

  /** A file of this size, holes included, comes next. */
  void file(long size) throws TarException {
    if (size > limits.fileBytes()) {
      throw new TarException(
          "the archive has a file of "
              + size
              + " bytes; the limit is "
              + limits.fileBytes()
              + " (hub.limits.unpacked-bytes)");
    }
  }

  /** One more entry, be it only implied. */
  void entry() throws ArchiveException {
    if (++entries > limits.entries()) {
      throw new ArchiveException(
          "the archive has more entries than the limit of "
              + limits.entries()
              + " (hub.limits.entries)");
    }
  }

  /** A file of this size is taken over from an earlier archive, without its bytes coming in. */
  void known(long size) throws TarException {
    file(size);
    known += size;
    checkSize(files);
  }

  /** So many bytes of a file come next, whether they are read or a hole. */
  void content(long count) throws TarException {
    files += count;
    checkSize(files);
  }

  /** So many zeros of a hole have to be hashed because they share chunks with data. */
  void filled(long count) throws TarException {
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

  /** Tells of every read, before its bytes are used. */
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
