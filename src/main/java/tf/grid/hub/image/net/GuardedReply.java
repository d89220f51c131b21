package tf.grid.hub.image.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import tf.grid.hub.image.http.HttpReply;
import tf.grid.hub.image.http.Interruption;

/** A response that httpclient has received. Not thread-safe. */
final class GuardedReply implements HttpReply {

  /** Maximum size of an error body to read before the connection can be reused. */
  private static final int REST = 8 << 10;

  private static final int READS_OF_REST = 4;

  private final HttpUriRequestBase request;
  private final ClassicHttpResponse response;
  private final InputStream body;
  private boolean ended;
  private boolean broken;

  GuardedReply(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
    this.request = request;
    this.response = response;
    HttpEntity entity = response.getEntity();
    this.ended = entity == null;
    this.body = ended ? InputStream.nullInputStream() : entity.getContent();
  }

  @Override
  public int status() {
    return response.getCode();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
  }

  @Override
  public String[] headers(String name) {
    Header[] headers = response.getHeaders(name);
    String[] values = new String[headers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = headers[i].getValue();
    }
    return values;
  }

  @Override
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
   * Ends the exchange. The connection is reused only if the body was read completely or is a short
   * error body; otherwise it is closed without reading the rest.
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
      // Ignored; closing would read the rest from a closed connection.
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
