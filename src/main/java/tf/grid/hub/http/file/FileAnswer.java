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
 * What a client gets. To be closed when it is sent.
 *
 * @param status of HTTP
 * @param headers in the order to send
 * @param length of the body that a GET gets, in bytes
 * @param body writes it
 */
public record FileAnswer(int status, Map<String, String> headers, long length, Payload body)
    implements Closeable {

  /** A short text. */
  public static FileAnswer text(int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new FileAnswer(
        status, Map.of("Content-Type", type), bytes.length, out -> out.write(bytes));
  }

  /** A status without a body. */
  static FileAnswer bare(int status, Map<String, String> headers) {
    return new FileAnswer(status, headers, 0, out -> {});
  }

  /** The same with one more header. */
  public FileAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new FileAnswer(status, more, length, body);
  }

  /**
   * Sends it, without its body to a client that asks for the headers alone, and closes it. Nothing
   * is said before the first byte is there, so that another answer can take the place of one that
   * cannot even begin.
   *
   * @throws IOException if the body cannot be had, or the client is gone
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

  /** Writes a body. */
  @FunctionalInterface
  public interface Payload extends Closeable {

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;

    /** Gives back what it holds. */
    @Override
    default void close() throws IOException {}
  }

  /** What a body is written to. */
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
