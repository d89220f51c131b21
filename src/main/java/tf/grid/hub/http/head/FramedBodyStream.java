package tf.grid.hub.http.head;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.EOFException;
import java.io.IOException;
import tf.grid.hub.http.body.SingleByte;

/**
 * A request body read from the raw connection, with a length or in chunks (RFC 9112, section 7.1).
 * Blocking; not thread-safe.
 */
final class FramedBodyStream extends ServletInputStream {
  private static final int MAX_LINE = 1024;
  private static final int MAX_TRAILERS = 100;
  private static final int MAX_SIZE_DIGITS = 15;

  private final ServletInputStream in;

  /** Remaining bytes of the body or the current chunk. */
  private long left;

  /** Whether another chunk follows. */
  private boolean more;

  private boolean afterChunk;

  private FramedBodyStream(ServletInputStream in, long left, boolean more) {
    this.in = in;
    this.left = left;
    this.more = more;
  }

  static FramedBodyStream ofLength(ServletInputStream in, long length) {
    return new FramedBodyStream(in, length, false);
  }

  static FramedBodyStream chunked(ServletInputStream in) {
    return new FramedBodyStream(in, 0, true);
  }

  @Override
  public int read() throws IOException {
    return SingleByte.of(this);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && more) {
      startChunk();
    }
    if (left == 0) {
      return -1;
    }
    int count = in.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw cutOff();
    }
    left -= count;
    return count;
  }

  private void startChunk() throws IOException {
    if (afterChunk && !line().isEmpty()) {
      throw new IOException("a chunk of the body is longer than it says");
    }
    afterChunk = true;
    left = size(line());
    if (left == 0) {
      more = false;
      for (int i = 0; !line().isEmpty(); i++) {
        if (i == MAX_TRAILERS) {
          throw new IOException("the body has more than " + MAX_TRAILERS + " trailers");
        }
      }
    }
  }

  /** Parses the size of a chunk; extensions are ignored. */
  private static long size(String line) throws IOException {
    int extension = line.indexOf(';');
    String digits = (extension < 0 ? line : line.substring(0, extension)).strip();
    if (digits.length() > MAX_SIZE_DIGITS || !digits.matches("[0-9A-Fa-f]+")) {
      throw new IOException("a chunk of the body has no valid size");
    }
    return Long.parseLong(digits, 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw cutOff();
      }
      if (line.length() == MAX_LINE) {
        throw new IOException("a line between the chunks of the body is too long");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static IOException cutOff() {
    return new EOFException("the body ends before the length that was announced");
  }

  @Override
  public boolean isFinished() {
    return left == 0 && !more;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new IllegalStateException("this body is read blocking");
  }
}
