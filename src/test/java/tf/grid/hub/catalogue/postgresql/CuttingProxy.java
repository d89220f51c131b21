package tf.grid.hub.catalogue.postgresql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** A network between a hub and its database that breaks at a chosen moment of a commit. */
public final class CuttingProxy implements AutoCloseable {

  /** When the connection that commits next is cut. */
  enum Cut {
    NEVER,
    /** The server does not get the commit. */
    BEFORE_COMMIT,
    /** The client does not get the answer, after the server has committed. */
    AFTER_COMMIT,
    /** The same, and no connection can be made any more. */
    AFTER_COMMIT_FOR_EVER
  }

  private final ServerSocket listener;
  private final int server;
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NEVER);
  private final Object gate = new Object();
  private boolean hanging;
  private volatile boolean closed;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Listens on a free port.
   *
   * @param server port on the loopback interface
   */
  public CuttingProxy(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Stops or goes on to carry what either side sends; connections stay open. */
  public void hang(boolean hangs) {
    synchronized (gate) {
      hanging = hangs;
      gate.notifyAll();
    }
  }

  private void pass() throws IOException {
    synchronized (gate) {
      while (hanging) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        }
      }
    }
  }

  /** Cuts the connection of the next commit, once. */
  void cutNext(Cut cut) {
    next.set(cut);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(client);
        open.add(target);
        if (closed) {
          client.close();
          target.close();
          return;
        }
        AtomicReference<Cut> cut = new AtomicReference<>(Cut.NEVER);
        start(() -> requests(client, target, cut));
        start(() -> answers(client, target, cut));
      }
    } catch (IOException closed) {
      // The test is over, or wants no more connections.
    }
  }

  private void requests(Socket client, Socket target, AtomicReference<Cut> cut) {
    byte[] buffer = new byte[1 << 16];
    try (client;
        target) {
      InputStream in = client.getInputStream();
      OutputStream out = target.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (new String(buffer, 0, n, ISO_8859_1).contains("COMMIT")) {
          cut.set(next.getAndSet(Cut.NEVER));
        }
        pass();
        if (cut.get() == Cut.BEFORE_COMMIT) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException closed) {
      // The other side is gone.
    }
  }

  private void answers(Socket client, Socket target, AtomicReference<Cut> cut) {
    byte[] buffer = new byte[1 << 16];
    try (client;
        target) {
      InputStream in = target.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        pass();
        if (cut.get() == Cut.AFTER_COMMIT_FOR_EVER) {
          close();
        }
        if (cut.get() != Cut.NEVER) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException closed) {
      // The other side is gone.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends all connections and accepts no more. */
  @Override
  public void close() throws IOException {
    hang(false);
    closed = true;
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
