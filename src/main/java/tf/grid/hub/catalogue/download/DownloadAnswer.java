package tf.grid.hub.catalogue.download;

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
record DownloadAnswer(int status, Map<String, String> headers, long length, Payload body)
    implements Closeable {

  /** A short text. */
  static DownloadAnswer text(int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new DownloadAnswer(
        status, Map.of("Content-Type", type), bytes.length, out -> out.write(bytes));
  }

  /** A status without a body. */
  static DownloadAnswer bare(int status, Map<String, String> headers) {
    return new DownloadAnswer(status, headers, 0, out -> {});
  }

  /** The same with one more header. */
  DownloadAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new DownloadAnswer(status, more, length, body);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  /** Writes a body. */
  @FunctionalInterface
  interface Payload extends Closeable {

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;

    /** Gives back what it holds. */
    @Override
    default void close() throws IOException {}
  }
}
