package tf.grid.hub.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that knows nothing of the protocol: bytes out, bytes in. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /** With a receive buffer of about so many bytes, or the usual one for 0. */
  RawClient(InetSocketAddress address, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(300_000);
    socket.connect(address, 300_000);
  }

  /** A request as clients write it: an array of strings, one byte a character. */
  static byte[] request(Object... elements) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("*" + elements.length + "\r\n"));
    for (Object element : elements) {
      byte[] bytes = element instanceof byte[] raw ? raw : bytes(element.toString());
      out.writeBytes(bytes("$" + bytes.length + "\r\n"));
      out.writeBytes(bytes);
      out.writeBytes(bytes("\r\n"));
    }
    return out.toByteArray();
  }

  /** A value as the server sends it. */
  static byte[] bulk(byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("$" + value.length + "\r\n"));
    out.writeBytes(value);
    out.writeBytes(bytes("\r\n"));
    return out.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  RawClient ask(Object... elements) throws IOException {
    return send(request(elements));
  }

  RawClient expect(String reply) throws IOException {
    return expect(bytes(reply));
  }

  RawClient expect(byte[] reply) throws IOException {
    byte[] got = socket.getInputStream().readNBytes(reply.length);
    assertThat(new String(got, ISO_8859_1)).isEqualTo(new String(reply, ISO_8859_1));
    return this;
  }

  /** One line, without its end. */
  String line() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed after: " + line);
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  /** A value of any length, as text. */
  String text() throws IOException {
    int length = Integer.parseInt(line().substring(1));
    String text = new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    expect("\r\n");
    return text;
  }

  /** Says that nothing more is sent. */
  RawClient finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Passes when the server ends the connection, in either way, and says nothing more. */
  void expectEnd() throws IOException {
    int next;
    try {
      next = socket.getInputStream().read();
    } catch (java.net.SocketException reset) {
      return;
    }
    assertThat(next).as("the next byte").isEqualTo(-1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
