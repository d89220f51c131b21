package tf.grid.hub.image.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry in front of another that keeps all layers and configurations back until a test lets
 * them go. Threads may share it.
 */
public final class HeldRegistry implements AutoCloseable {
  private final RegistryServer behind;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Starts on a free port of the loopback interface. */
  public HeldRegistry(RegistryServer behind) throws IOException {
    this.behind = behind;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its host and port, as references begin. */
  public String name() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits until somebody wants what is kept back. */
  public void awaitAsked() throws InterruptedException {
    asked.await();
  }

  /** Keeps nothing back any more. */
  public void release() {
    released.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().contains("/blobs/")) {
        asked.countDown();
        released.await();
      }
      forward(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    }
  }

  private void forward(HttpExchange exchange) throws IOException {
    URI target = URI.create("http://" + behind.name() + exchange.getRequestURI());
    HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
    connection.setRequestMethod(exchange.getRequestMethod());
    exchange
        .getRequestHeaders()
        .getOrDefault("Accept", List.of())
        .forEach(value -> connection.addRequestProperty("Accept", value));
    int status = connection.getResponseCode();
    for (String header : new String[] {"Content-Type", "Docker-Content-Digest"}) {
      String value = connection.getHeaderField(header);
      if (value != null) {
        exchange.getResponseHeaders().set(header, value);
      }
    }
    boolean found = status < HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream body = found ? connection.getInputStream() : connection.getErrorStream()) {
      byte[] content = body == null ? new byte[0] : body.readAllBytes();
      exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
