package tf.grid.hub.image.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import tf.grid.hub.image.PullException.SourceUnreachableException;

/** The answer to a request; its body streams. For one thread. */
public final class HttpReply implements Closeable {

  /** What is read of an error's text, so that its connection can be used again. */
  private static final int REST = 8 << 10;

  private static final int READS_OF_REST = 4;

  private final HttpGet request;
  private final ClassicHttpResponse response;
  private final InputStream body;
  private boolean ended;
  private boolean broken;

  HttpReply(HttpGet request, ClassicHttpResponse response) throws IOException {
    this.request = request;
    this.response = response;
    HttpEntity entity = response.getEntity();
    this.ended = entity == null;
    this.body = ended ? InputStream.nullInputStream() : entity.getContent();
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
   * @throws SourceUnreachableException if the connection broke
   * @throws InterruptedIOException if the thread was interrupted, which ends the connection
   */
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = body.read(into, offset, length);
      ended |= count < 0;
      return count;
    } catch (IOException e) {
      broken = true;
      throw Interruption.or(e, "the connection broke");
    }
  }

  /**
   * Ends the exchange. The connection is kept only if the body was read to its end, or says nothing
   * but that there is nothing to read; else it is cut, and what is still to come is not fetched.
   */
  @Override
  public void close() {
    if (!ended && !broken && status() >= 300) {
      readRest();
    }
    if (!ended) {
      request.cancel();
    }
    try {
      response.close();
    } catch (IOException e) {
      // Of no interest: it would read the rest from a connection that was just cut.
      ended = true;
    }
  }

  private void readRest() {
    byte[] buffer = new byte[REST];
    try {
      for (int reads = 0; reads < READS_OF_REST && !ended; reads++) {
        ended = body.read(buffer) < 0;
      }
    } catch (IOException e) {
      broken = true;
    }
  }
}
