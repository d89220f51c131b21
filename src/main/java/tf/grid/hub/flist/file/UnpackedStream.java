package tf.grid.hub.flist.file;

import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.compression.CompressionFormat;
import tf.grid.hub.compression.DecompressedStream;
import tf.grid.hub.flist.FlistRejectedException;

/**
 * The archive of a flist, decompressed up to a limit. It may be compressed with gzip, bzip2 or xz,
 * as the earlier hub allowed. Damaged or too much data causes {@link FlistRejectedException};
 * failures of the underlying stream are passed on. Not thread-safe.
 */
final class UnpackedStream extends InputStream {
  private final InputStream archive;
  private final DecompressedStream in;
  private long left;

  /**
   * Starts to decompress.
   *
   * @param archive closed with this stream
   * @param limit maximum number of decompressed bytes
   */
  UnpackedStream(InputStream archive, long limit) throws IOException {
    this.archive = archive;
    try {
      this.in = DecompressedStream.open(archive);
    } catch (CompressionException e) {
      throw damaged(e);
    }
    this.left = limit;
    if (in.format() == CompressionFormat.ZSTD) {
      in.close();
      throw new FlistRejectedException(
          "The flist is compressed with zstd, which flists cannot use: compress it with gzip.");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read;
    try {
      read = in.read(target, offset, length);
    } catch (CompressionException e) {
      throw damaged(e);
    }
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
    archive.close();
  }

  private static FlistRejectedException damaged(CompressionException e) {
    return new FlistRejectedException(
        "The file is no flist, or it is damaged: it cannot be unpacked.", e);
  }
}
