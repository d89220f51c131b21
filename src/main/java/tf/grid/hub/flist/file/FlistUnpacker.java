package tf.grid.hub.flist.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;

/**
 * Finds the database in the archive of a flist and skips everything else. It reads only basic
 * headers, so an archive cannot make it allocate more than a buffer; the name of the database fits
 * into the oldest header format. Not thread-safe.
 */
final class FlistUnpacker implements Closeable {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE = 156;

  private final UnpackedStream in;
  private final byte[] header = new byte[BLOCK];
  private final byte[] buffer = new byte[64 << 10];
  private long size;

  FlistUnpacker(InputStream archive, FlistLimits limits) throws IOException {
    this.in = new UnpackedStream(archive, limits.expandedBytes());
  }

  /**
   * Seeks to the database and returns its length.
   *
   * @throws FlistRejectedException if there is none
   */
  long find() throws IOException {
    if (!next()) {
      throw new FlistRejectedException(
          "The file is no flist: it has no entry named " + FlistArchive.DATABASE + ".");
    }
    return size;
  }

  /**
   * Copies the database and reads the rest of the archive.
   *
   * @throws FlistRejectedException if the archive is damaged or contains a second database
   */
  void copyTo(OutputStream target) throws IOException {
    for (long left = size; left > 0; ) {
      int part = fill(buffer, (int) Math.min(left, buffer.length));
      target.write(buffer, 0, part);
      left -= part;
    }
    skip(padding(size));
    if (next()) {
      throw new FlistRejectedException("The flist has two databases.");
    }
  }

  /** Seeks to the next database, or to the end. */
  private boolean next() throws IOException {
    while (nextHeader()) {
      size = number(SIZE, SIZE_LENGTH);
      if (isDatabase()) {
        return true;
      }
      skip(size + padding(size));
    }
    in.transferTo(OutputStream.nullOutputStream());
    return false;
  }

  private boolean nextHeader() throws IOException {
    int read = in.readNBytes(header, 0, BLOCK);
    if (read == 0 || (read == BLOCK && isZero())) {
      return false;
    }
    if (read < BLOCK || number(CHECKSUM, CHECKSUM_LENGTH) != checksum()) {
      throw new FlistRejectedException(
          "The file is no flist, or it is damaged: it is no tar archive.");
    }
    return true;
  }

  private boolean isDatabase() {
    int end = 0;
    while (end < NAME_LENGTH && header[end] != 0) {
      end++;
    }
    String name = new String(header, 0, end, StandardCharsets.ISO_8859_1);
    boolean regular = header[TYPE] == '0' || header[TYPE] == 0;
    return regular
        && (name.equals(FlistArchive.DATABASE) || name.equals("./" + FlistArchive.DATABASE));
  }

  /** Parses an octal number, or a big-endian binary one if its first bit is set. */
  private long number(int offset, int length) throws FlistRejectedException {
    long value = 0;
    if (header[offset] == (byte) 0x80) {
      for (int i = offset + 1; i < offset + length; i++) {
        value = (value << 8) | (header[i] & 0xff);
      }
    } else {
      for (int i = offset; i < offset + length; i++) {
        byte digit = header[i];
        if (digit >= '0' && digit <= '7') {
          value = (value << 3) | (digit - '0');
        } else if (digit != ' ' && digit != 0) {
          throw new FlistRejectedException(
              "The file is no flist, or it is damaged: a size is no number.");
        }
      }
    }
    if (value < 0 || value > Long.MAX_VALUE - 2 * BLOCK) {
      throw new FlistRejectedException(
          "The file is no flist, or it is damaged: a size is out of range.");
    }
    return value;
  }

  private long checksum() {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH ? ' ' : header[i] & 0xff;
    }
    return sum;
  }

  private boolean isZero() {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static long padding(long size) {
    return -size & (BLOCK - 1);
  }

  private void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      left -= fill(buffer, (int) Math.min(left, buffer.length));
    }
  }

  private int fill(byte[] target, int length) throws IOException {
    if (in.readNBytes(target, 0, length) < length) {
      throw new FlistRejectedException("The flist is damaged: it ends too early.");
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
