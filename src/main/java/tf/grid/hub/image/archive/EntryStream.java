package tf.grid.hub.image.archive;

import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.build.tar.TarReader;

/** The content of a reader's current entry as a stream. Not thread-safe. */
final class EntryStream extends InputStream {
  private final TarReader tar;
  private long left;

  EntryStream(TarReader tar, long size) {
    this.tar = tar;
    this.left = size;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    tar.readFully(into, offset, count);
    left -= count;
    return count;
  }
}
