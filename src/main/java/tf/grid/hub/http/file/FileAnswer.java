package tf.grid.hub.http.file;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tf.grid.hub.http.send.Body;
import tf.grid.hub.http.send.BodySender;

/**
 * A response with a file. Must be closed after sending.
 *
 * @param status HTTP status
 * @param headers in order
 * @param length of the body for {@code GET}, in bytes
 * @param body of the response for {@code GET}
 */
public record FileAnswer(int status, Map<String, String> headers, long length, Body body)
    implements Closeable {

  /** Creates a response with a line of text. */
  public static FileAnswer text(int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new FileAnswer(status, Map.of("Content-Type", type), bytes.length, Body.of(bytes));
  }

  /** Creates a response without body. */
  static FileAnswer bare(int status, Map<String, String> headers) {
    return new FileAnswer(status, headers, 0, Body.none());
  }

  /** Returns a copy with an additional header. */
  public FileAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new FileAnswer(status, more, length, body);
  }

  /**
   * Sends and closes the response, without body for {@code HEAD}. The first piece of the body is
   * read before anything is sent, so that an error can still be reported; the rest is sent without
   * a thread.
   *
   * @throws IOException if the body is unavailable
   */
  public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    byte[] first = new byte[Body.PIECE];
    int count;
    try {
      count = request.getMethod().equals("HEAD") ? -1 : body.read(first, 0, first.length);
    } catch (IOException | RuntimeException e) {
      body.close();
      throw e;
    }
    response.setStatus(status);
    headers.forEach(response::setHeader);
    if (status != HttpServletResponse.SC_NOT_MODIFIED) {
      response.setContentLengthLong(length);
    }
    if (count < 0) {
      body.close();
    } else {
      BodySender.send(request, response, new Begun(Arrays.copyOf(first, count), body, length));
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  /** A body whose first piece was read. */
  private static final class Begun implements Body {

    private final Body rest;
    private final boolean whole;
    private Body first;

    Begun(byte[] first, Body rest, long length) {
      this.first = Body.of(first);
      this.rest = rest;
      this.whole = first.length == length;
    }

    @Override
    public boolean isShort() {
      return whole && first.isShort();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int read = first.read(target, offset, count);
      if (read >= 0) {
        return read;
      }
      first = Body.none();
      return rest.read(target, offset, count);
    }

    @Override
    public void pause() {
      rest.pause();
    }

    @Override
    public void close() throws IOException {
      rest.close();
    }
  }
}
