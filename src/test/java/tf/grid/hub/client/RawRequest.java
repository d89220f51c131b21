package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A request whose address goes out letter by letter as the test gives it, which no client library
 * does.
 *
 * @param method such as {@code GET}
 * @param address the path, with or without sense
 */
public record RawRequest(String method, String address) {
  private static final int TIMEOUT_MILLIS = 300_000;

  /**
   * What came back.
   *
   * @param status of HTTP
   * @param body as text
   */
  public record Answer(int status, String body) {}

  /** Sends it to a port of this machine and waits for the answer. */
  public Answer send(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String head =
          method
              + " "
              + address
              + " HTTP/1.1\r\nHost: localhost:"
              + port
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return parse(socket.getInputStream().readAllBytes());
    }
  }

  private static Answer parse(byte[] whole) {
    String text = new String(whole, UTF_8);
    int end = text.indexOf("\r\n\r\n");
    int status = Integer.parseInt(text.split(" ", 3)[1]);
    return new Answer(status, text.substring(end + 4));
  }
}
