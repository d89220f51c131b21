package tf.grid.hub.image.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import tf.grid.hub.image.pull.SourceUnreachable;

/** The answer to a request; its body streams. For one thread. */
public final class HttpReply implements Closeable {

  private final ClassicHttpResponse response;
  private final InputStream body;

  HttpReply(ClassicHttpResponse response) throws IOException {
    this.response = response;
    HttpEntity entity = response.getEntity();
    this.body = entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** The status code. */
  public int status() {
    return response.getCode();
  }

  /** The first header of a name, whatever its case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  /** All headers of a name, whatever its case. */
  public String[] headers(String name) {
    Header[] headers = response.getHeaders(name);
    String[] values = new String[headers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = headers[i].getValue();
    }
    return values;
  }

  /**
   * Reads more of the body.
   *
   * @return the number of bytes, or -1 at the end
   * @throws SourceUnreachable if the connection broke
   * @throws InterruptedIOException if the thread was interrupted, which ends the connection
   */
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return body.read(into, offset, length);
    } catch (IOException e) {
      throw Interruption.or(e, "the connection broke");
    }
  }

  /** Ends the exchange; the connection is kept only if the body was read to its end. */
  @Override
  public void close() throws IOException {
    response.close();
  }
}
