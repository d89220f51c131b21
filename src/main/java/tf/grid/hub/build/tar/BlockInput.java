package tf.grid.hub.build.tar;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;

/**
 * Reads an archive sequentially. Small reads use a buffer; large reads bypass it, so that content
 * is not copied again. Counts the position. Not thread-safe.
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

  /** Number of bytes read so far, for positions in error messages. */
  long position() {
    return position;
  }

  /**
   * Reads one block.
   *
   * @return false if the archive ends before its first byte
   */
  boolean block(byte[] into) throws IOException {
    if (next == end && !fill()) {
      return false;
    }
    fully(into, 0, BLOCK);
    return true;
  }

  /** Whether a complete block is left. */
  boolean hasBlock() throws IOException {
    return end - next >= BLOCK || peek(0).length == BLOCK;
  }

  /**
   * Returns bytes at a later position without consuming them.
   *
   * @param offset in bytes from the current position
   * @return a block; less at the end of the archive; null if the offset is beyond the lookahead
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

  /** Reads exactly this many bytes. */
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

  /** Skips zeros; false at the end of the archive, true before another byte. */
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

  /** Skips all remaining bytes. */
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

  /** Reads more into the buffer after the unread bytes. */
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
