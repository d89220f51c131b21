package tf.grid.hub.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way to a server of this machine, which a test can break: all connections end then, as when a
 * cable is pulled, and new ones get through. Threads may share it.
 */
public final class BreakableLine implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private volatile int end;

  /** Listens on a free loopback port, without a target yet. */
  public BreakableLine() throws IOException {
    threads.execute(this::accept);
  }

  /** The port to connect to. */
  public int port() {
    return server.getLocalPort();
  }

  /** Leads new connections to this port of the loopback interface. */
  public void lead(int port) {
    end = port;
  }

  /** Ends all connections. */
  public void cut() {
    open.forEach(BreakableLine::close);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = keep(server.accept());
        accepted.incrementAndGet();
        threads.execute(() -> connect(client));
      }
    } catch (IOException e) {
      threads.shutdownNow(); // closed
    }
  }

  /** Number of connections so far. */
  public long connections() {
    return accepted.get();
  }

  private Socket keep(Socket socket) {
    open.add(socket);
    return socket;
  }

  private void connect(Socket client) {
    try {
      Socket far = keep(new Socket(InetAddress.getLoopbackAddress(), end));
      threads.execute(() -> pass(far, client));
      pass(client, far);
    } catch (IOException e) {
      close(client); // nobody answers there
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one side is gone, and so is the other now
    } finally {
      open.remove(from);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
