package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A form whose file has begun to arrive and does not end. For one thread. */
public final class HalfUpload implements AutoCloseable {
  private static final int PROMISED = 50_000_000;

  private final Socket connection;

  /**
   * Sends the beginning of a form.
   *
   * @param path where to
   * @param headers lines of the request, each with its end
   * @param start of the file
   */
  public HalfUpload(int port, String path, String headers, String fileName, byte[] start)
      throws IOException {
    connection = new Socket(InetAddress.getLoopbackAddress(), port);
    String head =
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n%s"
            + "Content-Type: multipart/form-data; boundary=xxyyzz\r\n\r\n"
            + "--xxyyzz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n";
    connection
        .getOutputStream()
        .write(head.formatted(path, port, PROMISED, headers, fileName).getBytes(ISO_8859_1));
    send(start);
  }

  /** Sends more of the file. */
  public void send(byte[] more) throws IOException {
    connection.getOutputStream().write(more);
    connection.getOutputStream().flush();
  }

  /** Breaks it off. */
  @Override
  public void close() throws IOException {
    connection.close();
  }
}
