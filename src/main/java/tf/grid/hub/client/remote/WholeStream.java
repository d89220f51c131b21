package tf.grid.hub.client.remote;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;

/**
 * The body of a response, of which the JDK does not tell whether it ended before the length that
 * the server has announced. Not thread-safe.
 */
public final class WholeStream extends FilterInputStream {
  private long left;

  private WholeStream(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  /**
   * A stream that fails at an end that is too early.
   *
   * @param body of the response; null is empty
   */
  public static InputStream of(HttpURLConnection connection, InputStream body) {
    long length = connection.getContentLengthLong();
    if (body == null) {
      return InputStream.nullInputStream();
    }
    return length < 0 ? body : new WholeStream(body, length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count < 0 && left > 0) {
      throw new EOFException("the connection broke " + left + " bytes before the end");
    }
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new IOException("a response is read, not skipped");
  }
}
