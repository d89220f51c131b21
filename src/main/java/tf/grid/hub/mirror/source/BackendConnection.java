package tf.grid.hub.mirror.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.limit.Ticker;

/**
 * Reads chunks over a connection to a 0-db that may be hostile: a reply is never longer than a
 * chunk can be, and must come within a time. Not thread-safe; unusable after an exception. The
 * client library of the store allocates whatever length a server announces.
 */
final class BackendConnection implements Closeable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 30_000;
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int MOST_BYTES = ChunkCodec.maxStoredLength(ChunkCodec.MAX_PLAIN);
  private static final int MOST_LINE = 512;

  private final Socket socket;
  private final InputStream in;
  private final Ticker ticker;

  /** Connects to a checked address and selects the namespace. */
  BackendConnection(InetAddress address, BackendAddress backend, Ticker ticker) throws IOException {
    // Reading from the socket of a channel can be interrupted.
    this.socket = SocketChannel.open().socket();
    this.ticker = ticker;
    boolean connected = false;
    try {
      socket.connect(new InetSocketAddress(address, backend.port()), CONNECT_MILLIS);
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.setTcpNoDelay(true);
      this.in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
      select(backend);
      connected = true;
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }

  private void select(BackendAddress backend) throws IOException {
    byte[] namespace = backend.namespace().getBytes(UTF_8);
    if (namespace.length == 0) {
      return;
    }
    byte[] password = backend.password().getBytes(UTF_8);
    if (password.length == 0) {
      send("SELECT".getBytes(US_ASCII), namespace);
    } else {
      send("SELECT".getBytes(US_ASCII), namespace, password);
    }
    String reply = line(ticker.nanos());
    if (!reply.startsWith("+")) {
      throw new IOException("the namespace cannot be selected");
    }
  }

  /** The bytes of a chunk, which are not verified; empty if the server does not have it. */
  Optional<byte[]> get(ChunkId id) throws IOException {
    long begun = ticker.nanos();
    send("GET".getBytes(US_ASCII), id.bytes());
    String header = line(begun);
    if (header.startsWith("-")) {
      return Optional.empty();
    }
    int length = length(header);
    if (length < 0) {
      return Optional.empty();
    }
    byte[] value = new byte[length];
    for (int done = 0; done < length; ) {
      int count = in.read(value, done, length - done);
      if (count < 0) {
        throw new IOException("the connection ended in the middle of a chunk");
      }
      done += count;
      refuseSlow(begun);
    }
    if (!line(begun).isEmpty()) {
      throw new IOException("a chunk is longer than announced");
    }
    return Optional.of(value);
  }

  private static int length(String header) throws IOException {
    try {
      int length = header.startsWith("$") ? Integer.parseInt(header.substring(1)) : MOST_BYTES + 1;
      if (length <= MOST_BYTES) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Reported below, like other replies that are no chunk.
    }
    throw new IOException("the reply is no chunk");
  }

  private String line(long begun) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0 || line.length() == MOST_LINE) {
        throw new IOException("the reply is not in the protocol of 0-db");
      }
      line.append((char) c);
      refuseSlow(begun);
    }
    if (in.read() != '\n') {
      throw new IOException("the reply is not in the protocol of 0-db");
    }
    return line.toString();
  }

  private void refuseSlow(long begun) throws IOException {
    if (ticker.nanos() - begun > LONGEST_NANOS) {
      throw new IOException("a reply takes too long");
    }
  }

  private void send(byte[]... words) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(("*" + words.length + "\r\n").getBytes(US_ASCII));
    for (byte[] word : words) {
      request.writeBytes(("$" + word.length + "\r\n").getBytes(US_ASCII));
      request.writeBytes(word);
      request.writeBytes("\r\n".getBytes(US_ASCII));
    }
    socket.getOutputStream().write(request.toByteArray());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
