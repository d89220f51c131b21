package tf.grid.hub.store.zdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.chunk.ChunkId;

/**
 * A 0-db as far as the hub needs one, for tests. Like the real one it writes nothing when the value
 * of a {@code SET} has the checksum that it has noted, whatever the disk has by now.
 */
public final class ZdbServer implements Closeable {
  private final ServerSocket listening;
  private final String mode;
  private final String password;

  /** What the disk has. */
  private final Map<ChunkId, byte[]> disk = new ConcurrentHashMap<>();

  /** What was written, of which the real one has the checksum. */
  private final Map<ChunkId, byte[]> noted = new ConcurrentHashMap<>();

  /**
   * Starts it on a free port.
   *
   * @param mode as {@code NSINFO} says it: {@code userkey} or {@code sequential}
   * @param password of the namespace; empty for none
   */
  public ZdbServer(String mode, String password) throws IOException {
    this.mode = mode;
    this.password = password;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "0-db");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** The port on which it listens. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Changes what the disk has, unnoticed by the server. */
  public void damage(ChunkId id, byte[] value) {
    disk.put(id, value);
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Thread server = new Thread(() -> serve(client), "0-db client");
        server.setDaemon(true);
        server.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      while (true) {
        byte[][] words = new byte[number(in, '*')][];
        for (int i = 0; i < words.length; i++) {
          words[i] = in.readNBytes(number(in, '$'));
          in.skipNBytes(2);
        }
        answer(words, out);
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static int number(InputStream in, char kind) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed");
      }
      line.append((char) next);
    }
    if (line.charAt(0) != kind) {
      throw new IOException("expected " + kind + " in " + line);
    }
    return Integer.parseInt(line.substring(1).strip());
  }

  private void answer(byte[][] words, OutputStream out) throws IOException {
    switch (new String(words[0], UTF_8)) {
      case "SELECT" -> line(out, select(words));
      case "NSINFO" -> bulk(out, ("# namespace\nmode: " + mode + "\n").getBytes(UTF_8));
      case "EXISTS" -> line(out, noted.containsKey(ChunkId.of(words[1])) ? ":1" : ":0");
      case "GET" -> bulk(out, disk.get(ChunkId.of(words[1])));
      case "DEL" -> {
        disk.remove(ChunkId.of(words[1]));
        line(out, noted.remove(ChunkId.of(words[1])) == null ? "-Key not found" : "+OK");
      }
      case "SET" -> bulk(out, set(ChunkId.of(words[1]), words[2]) ? words[1] : null);
      default -> line(out, "-Command not supported");
    }
    out.flush();
  }

  private String select(byte[][] words) {
    return words.length > 2 && !new String(words[2], UTF_8).equals(password)
        ? "-Access denied"
        : "+OK";
  }

  private boolean set(ChunkId id, byte[] value) {
    byte[] before = noted.put(id, value);
    if (Arrays.equals(before, value)) {
      return false;
    }
    disk.put(id, value);
    return true;
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\r\n").getBytes(UTF_8));
  }

  private static void bulk(OutputStream out, byte[] value) throws IOException {
    if (value == null) {
      line(out, "$-1");
      return;
    }
    line(out, "$" + value.length);
    out.write(value);
    line(out, "");
  }
}
