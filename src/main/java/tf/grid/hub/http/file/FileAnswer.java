package tf.grid.hub.http.file;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response with a file. Must be closed after sending.
 *
 * @param status HTTP status
 * @param headers in order
 * @param length of the body for {@code GET}, in bytes
 * @param body writes it
 */
public record FileAnswer(int status, Map<String, String> headers, long length, Payload body)
    implements Closeable {

  /** Creates a response with a line of text. */
  public static FileAnswer text(int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new FileAnswer(
        status, Map.of("Content-Type", type), bytes.length, out -> out.write(bytes));
  }

  /** Creates a response without body. */
  static FileAnswer bare(int status, Map<String, String> headers) {
    return new FileAnswer(status, headers, 0, out -> {});
  }

  /** Returns a copy with an additional header. */
  public FileAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new FileAnswer(status, more, length, body);
  }

  /**
   * Sends and closes the response, without body for {@code HEAD}. Nothing is sent before the first
   * byte of the body is available, so that an error can still be reported.
   *
   * @throws IOException if the body is unavailable or the client has disconnected
   */
  public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try (this) {
      HeadFirst out = new HeadFirst(response);
      if (!request.getMethod().equals("HEAD")) {
        body.writeTo(out);
      }
      out.begin();
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  /** The body of a response. */
  @FunctionalInterface
  public interface Payload extends Closeable {

    /** Writes the whole body. */
    void writeTo(OutputStream out) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Sends the headers before the first byte of the body. */
  private final class HeadFirst extends OutputStream {

    private final HttpServletResponse response;
    private boolean begun;

    HeadFirst(HttpServletResponse response) {
      this.response = response;
    }

    void begin() {
      if (!begun) {
        begun = true;
        response.setStatus(status);
        headers.forEach(response::setHeader);
        if (status != HttpServletResponse.SC_NOT_MODIFIED) {
          response.setContentLengthLong(length);
        }
      }
    }

    @Override
    public void write(int value) throws IOException {
      begin();
      response.getOutputStream().write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      begin();
      response.getOutputStream().write(bytes, offset, count);
    }
  }
}
