package tf.grid.hub.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks for chunks as the main reader does: a fresh connection and {@code GET}, nothing else. */
public final class ZdbConnection implements AutoCloseable {
  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** Connects to a chunk backend. */
  public ZdbConnection(String host, int port) throws IOException {
    socket.connect(new InetSocketAddress(host, port), 5_000);
    socket.setSoTimeout(300_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
  }

  /** The stored bytes of a chunk, or null. */
  public byte[] get(byte[] id) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] head = ("*2\r\n$3\r\nGET\r\n$" + id.length + "\r\n").getBytes(US_ASCII);
    byte[] request = new byte[head.length + id.length + 2];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(id, 0, request, head.length, id.length);
    request[request.length - 2] = '\r';
    request[request.length - 1] = '\n';
    out.write(request);
    String reply = line();
    if (reply.equals("$-1")) {
      return null;
    }
    if (!reply.startsWith("$")) {
      throw new IOException("the backend answered " + reply);
    }
    byte[] value = new byte[Integer.parseInt(reply.substring(1))];
    in.readFully(value);
    line();
    return value;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
