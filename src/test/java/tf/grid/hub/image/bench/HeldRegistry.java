package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before a registry and keeps requests for layers and configurations back until a test lets
 * them go; all else passes as it is. Threads may share it.
 */
public final class HeldRegistry implements AutoCloseable {
  private static final int MOST_IN_A_READ = 1 << 16;

  private final RegistryServer behind;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket server;

  /** Starts on a free port of the loopback interface. */
  public HeldRegistry(RegistryServer behind) throws IOException {
    this.behind = behind;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Its host and port, as references begin. */
  public String name() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Waits until somebody wants what is kept back. */
  public void awaitAsked() throws InterruptedException {
    asked.await();
  }

  /** Keeps nothing back any more. */
  public void release() {
    released.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket registry = new Socket(InetAddress.getLoopbackAddress(), behind.port());
        threads.execute(() -> pass(client, registry, true));
        threads.execute(() -> pass(registry, client, false));
      }
    } catch (IOException e) {
      threads.shutdownNow(); // closed
    }
  }

  private void pass(Socket from, Socket to, boolean requests) {
    byte[] bytes = new byte[MOST_IN_A_READ];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        if (requests && new String(bytes, 0, count, ISO_8859_1).contains("/blobs/")) {
          asked.countDown();
          released.await();
        }
        to.getOutputStream().write(bytes, 0, count);
      }
    } catch (IOException e) {
      // the other side is gone, and so is this one
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    release();
    server.close();
  }
}
