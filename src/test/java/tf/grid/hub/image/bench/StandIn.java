package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry that answers whatever a test wants and remembers what it was asked. It has one
 * repository, {@code app}.
 */
public final class StandIn implements AutoCloseable {
  private static final String REPOSITORY = "/v2/app/";
  private static final String OCI = "application/vnd.oci.image.";

  /** Media type of a layer that is not packed. */
  public static final String LAYER = OCI + "layer.v1.tar";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private volatile Answer otherwise = status(404);

  private StandIn(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Answers a request. */
  public interface Answer {
    /** Sends the answer; the exchange is closed afterwards. */
    void give(HttpExchange exchange) throws IOException;
  }

  /**
   * What was asked.
   *
   * @param path with query
   * @param authorization the header of this name
   * @param range the header of this name
   */
  public record Request(String path, Optional<String> authorization, Optional<String> range) {}

  /** Starts one that speaks TLS. */
  public static StandIn tls(TlsFiles files) throws IOException, GeneralSecurityException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(files.serverContext()));
    return new StandIn(server);
  }

  /** Starts one that does not. */
  public static StandIn plain() throws IOException {
    return new StandIn(HttpServer.create(anyPort(), 0));
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Its host and port. */
  public String name() {
    return "127.0.0.1:" + port();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** What was asked for below a path. */
  public List<Request> requests(String path) {
    return requests.stream().filter(request -> request.path().startsWith(path)).toList();
  }

  /** Forgets all that it knows. */
  public void reset() {
    answers.clear();
    requests.clear();
  }

  /** Answers requests for a path. */
  public void on(String path, Answer answer) {
    answers.put(path, answer);
  }

  /** Answers all other requests. */
  public void otherwise(Answer answer) {
    otherwise = answer;
  }

  /** Answers requests for a manifest, named by a tag or digest. */
  public void onManifest(String version, Answer answer) {
    on(REPOSITORY + "manifests/" + version, answer);
  }

  /** Answers requests for a blob. */
  public void onBlob(byte[] blob, Answer answer) {
    on(blobPath(blob), answer);
  }

  /** Where a blob is asked for. */
  public static String blobPath(byte[] blob) {
    return REPOSITORY + "blobs/sha256:" + ImageLayout.sha256(blob);
  }

  /** Serves an image of one layer as {@code app:latest}. */
  public void serve(byte[] layer) {
    onBlob(layer, content(layer));
    serve("latest", manifest("linux", "amd64", "", descriptor(LAYER, layer)));
  }

  /**
   * A manifest, whose configuration is served.
   *
   * @param layers descriptors
   */
  public String manifest(String os, String architecture, String variant, String... layers) {
    byte[] config =
        "{\"os\":\"%s\",\"architecture\":\"%s\",\"variant\":\"%s\",\"rootfs\":{\"diff_ids\":[]}}"
            .formatted(os, architecture, variant)
            .getBytes(UTF_8);
    onBlob(config, content(config));
    return "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
        .formatted(descriptor(OCI + "config.v1+json", config), String.join(",", layers));
  }

  /** A list of manifests, each of which is given as a descriptor. */
  public static String index(String... entries) {
    return "{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(String.join(",", entries));
  }

  /**
   * Serves a document under a tag and its digest.
   *
   * @return its descriptor
   */
  public String serve(String tag, String document) {
    byte[] bytes = document.getBytes(UTF_8);
    onManifest(tag, content(bytes));
    onManifest("sha256:" + ImageLayout.sha256(bytes), content(bytes));
    return descriptor(OCI + "manifest.v1+json", bytes);
  }

  /** Points at some content. */
  public static String descriptor(String type, byte[] content) {
    return descriptor(type, content, Long.toString(content.length));
  }

  /** Points at some content whose size is said to be another. */
  public static String descriptor(String type, byte[] content, String size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%s}"
        .formatted(type, ImageLayout.sha256(content), size);
  }

  /** Sends all of some content, whatever part is asked for. */
  public static Answer content(byte[] content) {
    return exchange -> send(exchange, 200, content);
  }

  /** Sends a status and headers, given as names and values in turn. */
  public static Answer status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      send(exchange, status, new byte[0]);
    };
  }

  /** Answers in turn, and with the last one from then on. */
  public static Answer inTurn(Answer... all) {
    int[] next = {0};
    return exchange -> {
      int now;
      synchronized (next) {
        now = Math.min(next[0]++, all.length - 1);
      }
      all[now].give(exchange);
    };
  }

  /** Announces all of some content and sends less of it. */
  public static Answer cutOff(byte[] content, int sent) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, sent);
      exchange.getResponseBody().flush();
    };
  }

  /** Sends the part of some content that is asked for. */
  public static Answer part(byte[] content) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      int length = content.length - from;
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      exchange.sendResponseHeaders(206, length);
      exchange.getResponseBody().write(content, from, length);
    };
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    if (content.length > 0) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(content);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Request(
              exchange.getRequestURI().toString(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))));
      answers.getOrDefault(exchange.getRequestURI().getPath(), otherwise).give(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
