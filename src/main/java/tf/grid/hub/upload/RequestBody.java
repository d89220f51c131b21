package tf.grid.hub.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, of which no more is read than is allowed. For one thread. */
final class RequestBody extends FilterInputStream {
  private final long limit;
  private long count;

  RequestBody(InputStream in, long limit) {
    super(in);
    this.limit = limit;
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
    } catch (IOException connection) {
      throw new UploadCutOff(connection);
    }
    if (read > 0) {
      count += read;
      if (count > limit) {
        throw new UploadTooLarge(limit);
      }
    }
    return read;
  }
}
