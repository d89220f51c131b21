package tf.grid.hub.build.tar;

import java.io.IOException;
import java.io.InputStream;

/**
 * The archive as bytes in order: small reads come from a buffer, large ones go past it, so that
 * content is not copied once more. Counts where it is. For one thread.
 */
final class BlockInput {
  static final int BLOCK = 512;
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int end;
  private long position;

  BlockInput(InputStream in) {
    this.in = in;
  }

  /** Bytes read so far: where in the unpacked archive a fault is. */
  long position() {
    return position;
  }

  /**
   * Reads one block.
   *
   * @return false when the archive ends before its first byte
   */
  boolean block(byte[] into) throws IOException {
    if (next == end && !fill()) {
      return false;
    }
    fully(into, 0, BLOCK);
    return true;
  }

  /** Reads exactly so many bytes. */
  void fully(byte[] into, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int left = length - done;
      int count;
      if (next < end) {
        count = Math.min(left, end - next);
        System.arraycopy(buffer, next, into, offset + done, count);
        next += count;
      } else if (left >= BUFFER) {
        count = in.read(into, offset + done, left);
      } else {
        count = 0;
        ended(!fill());
      }
      ended(count < 0);
      done += count;
      position += count;
    }
  }

  void skip(long length) throws IOException {
    long left = length;
    while (left > 0) {
      ended(next == end && !fill());
      int count = (int) Math.min(left, end - next);
      next += count;
      position += count;
      left -= count;
    }
  }

  /** Whether all that is left is zeros; reads to the end to know. */
  boolean onlyZerosLeft() throws IOException {
    do {
      for (int i = next; i < end; i++) {
        if (buffer[i] != 0) {
          return false;
        }
      }
    } while (fill());
    return true;
  }

  /** Passes over all that is left. */
  void drain() throws IOException {
    do {
      next = end;
    } while (fill());
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer, 0, BUFFER));
    return end > 0;
  }

  private void ended(boolean early) throws TarException {
    if (early) {
      throw new TarException("the archive ends early, after " + position + " unpacked bytes");
    }
  }
}
