package tf.grid.hub.build.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;

/**
 * The archive as bytes in order: small reads come from a buffer, large ones go past it, so that
 * content is not copied once more. Counts where it is. Not thread-safe.
 */
public final class BlockInput {
  static final int BLOCK = TarHeader.BLOCK;
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

  /** Whether a whole block is left. */
  boolean hasBlock() throws IOException {
    return end - next >= BLOCK || peek(0).length == BLOCK;
  }

  /**
   * Bytes that come later, without reading them.
   *
   * @param offset how many bytes from here
   * @return a block; less at the end of the archive; null when it is too far to see
   */
  byte[] peek(long offset) throws IOException {
    if (offset > BUFFER - BLOCK) {
      return null;
    }
    int to = (int) offset + BLOCK;
    boolean more = true;
    while (end - next < to && more) {
      more = fillBehind();
    }
    int from = Math.min(next + (int) offset, end);
    return Arrays.copyOfRange(buffer, from, Math.min(from + BLOCK, end));
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
      pass(count);
      left -= count;
    }
  }

  /** Passes over zeros; false at the end of the archive, true before a byte that is none. */
  boolean skipZeros() throws IOException {
    do {
      while (next < end) {
        if (buffer[next] != 0) {
          return true;
        }
        pass(1);
      }
    } while (fill());
    return false;
  }

  /** Passes over all that is left. */
  void drain() throws IOException {
    do {
      pass(end - next);
    } while (fill());
  }

  private void pass(int count) {
    next += count;
    position += count;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer, 0, BUFFER));
    return end > 0;
  }

  /** Keeps what is in the buffer and reads more. */
  private boolean fillBehind() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, end - next);
    end -= next;
    next = 0;
    int count = in.read(buffer, end, BUFFER - end);
    end += Math.max(0, count);
    return count > 0;
  }

  private static void ended(boolean early) throws TarException {
    if (early) {
      throw new TarException("the archive ends early: it was cut off");
    }
  }
}
