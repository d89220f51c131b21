package tf.grid.hub.client.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import tf.grid.hub.problem.PrintableText;

/**
 * A connection to a 0-db, whose protocol is a part of that of Redis. Commands may be sent before
 * the replies to earlier ones are read. For one thread at a time.
 */
final class ZdbConnection implements Closeable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 120_000;
  private static final int BUFFER = 64 << 10;

  /** Of a value; the chunks of flists are much shorter. */
  private static final int MOST_BYTES = 8 << 20;

  private static final int MOST_LINE = 1000;

  private final Socket socket = new Socket();
  private final ZdbAddress address;
  private final DataInputStream in;
  private final OutputStream out;

  /**
   * Connects, signs in and selects the namespace.
   *
   * @param token for {@code AUTH}; without it, a hub accepts no chunks unless it has no accounts
   * @throws HubException if the server refuses
   */
  ZdbConnection(ZdbAddress address, Optional<String> token) throws IOException {
    this.address = address;
    boolean ready = false;
    try {
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
      out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
      if (token.isPresent()) {
        send("AUTH", bytes(token.get()));
        reply();
      }
      send("SELECT", bytes(address.namespace()));
      reply();
      ready = true;
    } finally {
      if (!ready) {
        socket.close();
      }
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Sends a command, at the latest when a reply is read. */
  void send(String command, ByteBuffer... arguments) throws IOException {
    StringBuilder head = new StringBuilder("*").append(arguments.length + 1);
    head.append("\r\n$").append(command.length()).append("\r\n").append(command);
    out.write(head.toString().getBytes(US_ASCII));
    for (ByteBuffer argument : arguments) {
      out.write(("\r\n$" + argument.remaining() + "\r\n").getBytes(US_ASCII));
      if (argument.hasArray()) {
        int start = argument.arrayOffset() + argument.position();
        out.write(argument.array(), start, argument.remaining());
      } else {
        byte[] copy = new byte[argument.remaining()];
        argument.duplicate().get(copy);
        out.write(copy);
      }
    }
    out.write('\r');
    out.write('\n');
  }

  /**
   * Reads the next reply: a value, or the text of a status or number.
   *
   * @return empty for nil
   * @throws HubException if it is an error
   */
  Optional<byte[]> reply() throws IOException {
    out.flush();
    String line = line();
    String text = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> Optional.of(text.getBytes(US_ASCII));
      case '$' -> value(text);
      case '-' -> throw refusal(text);
      default -> throw noServer();
    };
  }

  private Optional<byte[]> value(String length) throws IOException {
    int bytes;
    try {
      bytes = Integer.parseInt(length);
    } catch (NumberFormatException e) {
      throw noServer();
    }
    if (bytes < 0) {
      return Optional.empty();
    } else if (bytes > MOST_BYTES) {
      throw noServer();
    }
    byte[] value = new byte[bytes];
    in.readFully(value);
    if (in.readUnsignedShort() != ('\r' << 8 | '\n')) {
      throw noServer();
    }
    return Optional.of(value);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (line.length() > MOST_LINE) {
        throw noServer();
      }
      line.append((char) c);
    }
    if (line.length() < 2 || line.charAt(line.length() - 1) != '\r') {
      throw noServer();
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  /** 0-db has no codes, only texts. */
  private HubException refusal(String text) {
    boolean denied = text.matches("(?i).*(denied|read-only|authenti|protected|password).*");
    return new HubException(
        denied ? 403 : 400, "the backend " + address + " says: " + PrintableText.of(text));
  }

  private HubException noServer() {
    return new HubException(400, address + " does not respond as a 0-db does");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
