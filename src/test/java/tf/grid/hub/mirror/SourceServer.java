package tf.grid.hub.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.MemoryStore;

/**
 * A hub that answers what tests want, also what no hub would. Times are long past unless a test
 * sets them, so that every listing is settled.
 */
final class SourceServer implements AutoCloseable {
  /** Everything that was asked, as paths. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answers instead of the usual ones, by path. */
  final Map<String, byte[]> lies = new ConcurrentHashMap<>();

  /** Answers 503 to everything. */
  volatile boolean down;

  /** Answers 503 to requests for chunks after so many. */
  final AtomicInteger chunksLeft = new AtomicInteger(Integer.MAX_VALUE);

  volatile boolean hasChunkApi = true;
  volatile boolean sendsTags = true;

  private final Map<String, Repository> repositories = new ConcurrentHashMap<>();
  private final MemoryStore store;
  private final HttpServer server;

  private static final class Repository {
    private final TreeMap<String, JsonObjectBuilder> entries = new TreeMap<>();
    private final Map<String, TreeMap<String, String>> tags = new ConcurrentHashMap<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private boolean official;
    private long updated = 1000;
  }

  SourceServer(MemoryStore store) throws IOException {
    this.store = store;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  synchronized void official(String repository) {
    repository(repository).official = true;
    touch(repository);
  }

  synchronized void flist(String repository, String name, byte[] file) {
    Repository at = touch(repository);
    at.files.put(name, file);
    at.entries.put(
        name,
        Json.createObjectBuilder()
            .add("name", name)
            .add("size", file.length + " B")
            .add("updated", at.updated)
            .add("type", "regular"));
  }

  synchronized void link(String repository, String name, String type, String target) {
    Repository at = touch(repository);
    at.entries.put(
        name,
        Json.createObjectBuilder()
            .add("name", name)
            .add("size", "1.00 KB")
            .add("updated", 1)
            .add("linktime", 1)
            .add("type", type)
            .add("target", target));
  }

  synchronized void tag(String repository, String tag, Map<String, String> links) {
    Repository at = touch(repository);
    at.tags.put(tag, new TreeMap<>(links));
    at.entries.put(
        ".tag-" + tag,
        Json.createObjectBuilder()
            .add("name", tag)
            .add("size", "0 KB")
            .add("updated", at.updated)
            .add("type", "tag"));
  }

  synchronized void delete(String repository, String name) {
    Repository at = touch(repository);
    at.entries.remove(name);
    at.files.remove(name);
  }

  synchronized void delete(String repository) {
    repositories.remove(repository);
  }

  /** Adds an entry that no hub would have. */
  synchronized void entry(String repository, String name, JsonObjectBuilder entry) {
    touch(repository).entries.put(name, entry);
  }

  private Repository repository(String name) {
    return repositories.computeIfAbsent(name, key -> new Repository());
  }

  private Repository touch(String name) {
    Repository repository = repository(name);
    repository.updated++;
    return repository;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(path);
      boolean chunk = path.startsWith("/api/chunks/");
      if (down || (chunk && chunksLeft.getAndDecrement() <= 0)) {
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      Optional<byte[]> body = Optional.ofNullable(lies.get(path)).or(() -> body(path));
      if (body.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String tag = "\"" + Arrays.hashCode(body.get()) + "\"";
      if (sendsTags) {
        exchange.getResponseHeaders().set("ETag", tag);
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
          exchange.sendResponseHeaders(304, -1);
          return;
        }
      }
      exchange.sendResponseHeaders(200, body.get().length == 0 ? -1 : body.get().length);
      exchange.getResponseBody().write(body.get());
    }
  }

  private synchronized Optional<byte[]> body(String path) {
    String[] parts = path.split("/", -1);
    if (path.equals("/api/repositories")) {
      return Optional.of(repositories());
    }
    if (path.startsWith("/api/chunks/")) {
      return hasChunkApi
          ? Optional.ofNullable(store.chunks.get(ChunkId.ofHex(parts[3])))
          : Optional.empty();
    }
    if (path.startsWith("/api/flist/")) {
      Optional<Repository> at = Optional.ofNullable(repositories.get(parts[3]));
      return parts.length == 4
          ? at.map(SourceServer::entries)
          : at.flatMap(found -> Optional.ofNullable(found.tags.get(parts[5])))
              .map(SourceServer::links);
    }
    return Optional.ofNullable(repositories.get(parts[1])).map(at -> at.files.get(parts[2]));
  }

  private byte[] repositories() {
    JsonArrayBuilder all = Json.createArrayBuilder();
    new TreeMap<>(repositories)
        .forEach(
            (name, at) ->
                all.add(
                    Json.createObjectBuilder()
                        .add("name", name)
                        .add("official", at.official)
                        .add("updated", at.updated)));
    return all.build().toString().getBytes(UTF_8);
  }

  private static byte[] entries(Repository at) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    at.entries.values().forEach(entry -> all.add(copyOf(entry)));
    return all.build().toString().getBytes(UTF_8);
  }

  /** A builder is empty after it was used. */
  private static JsonObjectBuilder copyOf(JsonObjectBuilder entry) {
    JsonObject built = entry.build();
    built.forEach(entry::add);
    return Json.createObjectBuilder(built);
  }

  private static byte[] links(Map<String, String> links) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    links.forEach(
        (name, target) ->
            all.add(
                Json.createObjectBuilder()
                    .add("name", name)
                    .add("type", "symlink")
                    .add("target", target)));
    return all.build().toString().getBytes(UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
