package tf.grid.hub.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver of webhooks that answers what tests want. Thread-safe. */
public final class HookServer implements AutoCloseable {
  /** What came, in order. */
  public final List<Request> requests = new CopyOnWriteArrayList<>();

  /** The status of the answer to a body. */
  public volatile Function<String, Integer> status = body -> 204;

  /** The header {@code Location} of answers. */
  public volatile String location = "";

  private final HttpServer server;

  /** A request. */
  public record Request(String path, String type, String signature, String body) {}

  /**
   * Starts it on loopback.
   *
   * @param port 0 for any
   */
  public HookServer(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its address with a path. */
  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      requests.add(
          new Request(
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Content-Type"),
              exchange.getRequestHeaders().getFirst("X-Hub-Signature-256"),
              body));
      if (!location.isEmpty()) {
        exchange.getResponseHeaders().set("Location", location);
      }
      exchange.sendResponseHeaders(status.apply(body), -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
