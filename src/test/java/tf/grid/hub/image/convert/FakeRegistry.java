package tf.grid.hub.image.convert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tf.grid.hub.image.reference.Digest;

/** A registry with one repository that counts what it is asked, and waits when told to. */
final class FakeRegistry implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private volatile byte[] manifest = {};
  private volatile CountDownLatch gate = new CountDownLatch(0);

  final List<String> asked = new CopyOnWriteArrayList<>();

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Host and port. */
  String name() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Serves these blobs, and this manifest whatever version is asked for. */
  void serve(Map<Digest, byte[]> content, byte[] newManifest) {
    blobs.clear();
    content.forEach((digest, bytes) -> blobs.put(digest.toString(), bytes));
    manifest = newManifest;
  }

  void replace(Digest digest, byte[] bytes) {
    blobs.put(digest.toString(), bytes);
  }

  /** Keeps layers back until the gate is opened by counting it down. */
  CountDownLatch closeGate() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** How often blobs were asked for. */
  long blobs() {
    return asked.stream().filter(path -> path.contains("/blobs/")).count();
  }

  long manifests() {
    return asked.stream().filter(path -> path.contains("/manifests/")).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    String last = path.substring(path.lastIndexOf('/') + 1);
    byte[] body = path.contains("/manifests/") ? manifest : blobs.get(last);
    try (exchange) {
      if (path.contains("/blobs/") && body != null && body.length > 0 && body[0] != '{') {
        gate.await();
      }
      if (body == null) {
        exchange.sendResponseHeaders(path.equals("/v2/") ? 200 : 404, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .add("Content-Type", "application/vnd.oci.image.manifest.v1+json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
