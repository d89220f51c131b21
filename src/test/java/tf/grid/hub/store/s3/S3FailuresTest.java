package tf.grid.hub.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.store.ChunkSamples.bytes;
import static tf.grid.hub.store.ChunkSamples.chunk;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoreException.StoreFullException;
import tf.grid.hub.store.StoreException.StoreUnreachableException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.remote.DamagedChunks;
import tf.grid.hub.store.remote.VerifiedStore;
import tf.grid.hub.store.remote.VerifiedStore.Known;

/** What a real server does rarely: errors of all kinds, and answers that end early. */
class S3FailuresTest {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> damagedInTransit = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger failures = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** How the next requests fail, as many as {@link #failures} says. */
  private volatile Failure failure = exchange -> {};

  private HttpServer server;
  private S3ChunkStore store;

  @FunctionalInterface
  private interface Failure {
    void answer(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    store =
        S3ChunkStore.open(
            new S3Settings(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Optional.of("eu-test-1"),
                "chunks",
                "",
                true,
                Optional.of(new S3Settings.Credentials("key", "secret")),
                16,
                Duration.ofSeconds(30)),
            Ticker.SYSTEM);
  }

  @AfterEach
  void stop() {
    store.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    try (exchange) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        failure.answer(exchange);
        return;
      }
      serve(exchange, body);
    }
  }

  private void serve(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] object = objects.get(path);
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        if (!isIntact(exchange, body)) {
          damagedInTransit.add(path);
        }
        objects.put(path, body);
        send(exchange, 200, new byte[0]);
      }
      case "HEAD" -> exchange.sendResponseHeaders(object == null ? 404 : 200, -1);
      case "GET" -> {
        if (object == null) {
          error(exchange, 404, "NoSuchKey");
        } else {
          send(exchange, 200, object);
        }
      }
      default -> error(exchange, 405, "MethodNotAllowed");
    }
  }

  private static boolean isIntact(HttpExchange exchange, byte[] body) {
    try {
      String sent = exchange.getRequestHeaders().getFirst("Content-MD5");
      byte[] digest = MessageDigest.getInstance("MD5").digest(body);
      return Base64.getEncoder().encodeToString(digest).equals(sent);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    send(
        exchange,
        status,
        ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>")
            .getBytes(UTF_8));
  }

  private void fail(int times, Failure how) {
    failure = how;
    failures.set(times);
  }

  private long count(Predicate<String> which) {
    return List.copyOf(requests).stream().filter(which).count();
  }

  @Test
  void an_error_of_the_server_is_repeated_until_it_passes() {
    StoredChunk one = chunk(1, 500);
    for (String code : List.of("InternalError", "SlowDown", "ServiceUnavailable")) {
      fail(2, exchange -> error(exchange, code.equals("InternalError") ? 500 : 503, code));
      store.put(List.of(one));
    }
    assertThat(objects).hasSize(1);
    assertThat(store.get(one.id())).hasValue(bytes(one));
  }

  @Test
  void an_error_that_does_not_pass_is_tried_three_times() {
    StoredChunk one = chunk(1, 500);
    fail(Integer.MAX_VALUE, exchange -> error(exchange, 500, "InternalError"));
    assertThatThrownBy(() -> store.put(List.of(one)))
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContaining("InternalError");
    assertThat(requests).hasSize(3);
  }

  @Test
  void an_answer_that_ends_early_is_read_again() {
    StoredChunk one = chunk(1, 5_000);
    store.put(List.of(one));
    fail(2, exchange -> cut(exchange, bytes(one)));
    assertThat(store.get(one.id())).hasValue(bytes(one));

    fail(Integer.MAX_VALUE, exchange -> cut(exchange, bytes(one)));
    assertThatThrownBy(() -> store.get(one.id())).isInstanceOf(StoreUnreachableException.class);
  }

  /** Promises a whole body and closes the connection after half of it. */
  private static void cut(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, body.length / 2);
    out.flush();
  }

  @Test
  void bytes_that_were_changed_on_their_way_are_not_given_out() {
    StoredChunk one = chunk(1, 5_000);
    store.put(List.of(one));
    byte[] changed = bytes(one);
    changed[4_711] ^= 1;
    ChunkStore verified = new VerifiedStore(store, DamagedChunks.inMemory(), Known.TRUSTED);
    fail(1, exchange -> send(exchange, 200, changed));
    assertThatThrownBy(() -> verified.get(one.id())).isInstanceOf(StoreCorruptException.class);
    assertThat(verified.get(one.id())).hasValue(bytes(one));
    assertThat(verified.missing(List.of(one.id()))).isEmpty();
  }

  @Test
  void writes_carry_the_hash_of_their_bytes() {
    store.put(chunks(1, 50));
    assertThat(objects).hasSize(50);
    assertThat(damagedInTransit).isEmpty();
  }

  @Test
  void a_write_that_was_damaged_on_its_way_is_sent_again() {
    StoredChunk one = chunk(1, 500);
    fail(1, exchange -> error(exchange, 400, "BadDigest"));
    assertThatThrownBy(() -> store.put(List.of(one))).isInstanceOf(StoreUnreachableException.class);
    store.put(List.of(one));
    assertThat(store.get(one.id())).hasValue(bytes(one));
  }

  @Test
  void every_kind_of_error_says_what_to_do() {
    check(404, "NoSuchBucket", StoreAccessDeniedException.class, "create the bucket");
    check(403, "SignatureDoesNotMatch", StoreAccessDeniedException.class, "check the access key");
    check(403, "AccessDenied", StoreAccessDeniedException.class, "must be allowed");
    check(403, "QuotaExceeded", StoreFullException.class, "more room");
    check(507, "XMinioStorageFull", StoreFullException.class, "more room");
    check(301, "PermanentRedirect", StoreAccessDeniedException.class, "check the endpoint");
    check(429, "TooMany", StoreUnreachableException.class, "TooMany");
    check(400, "SomethingElse", StoreCorruptException.class, "is the endpoint an S3 server?");
  }

  private void check(int status, String code, Class<? extends StoreException> kind, String advice) {
    fail(Integer.MAX_VALUE, exchange -> error(exchange, status, code));
    assertThatThrownBy(() -> store.put(List.of(chunk(1, 10))))
        .as(code)
        .isInstanceOf(kind)
        .hasMessageContaining(code)
        .hasMessageContaining(advice)
        .hasMessageContaining("127.0.0.1");
  }

  /** The library sets its clock by the answer and repeats the request. */
  @Test
  void a_clock_that_is_wrong_is_told_when_it_stays_wrong() {
    fail(Integer.MAX_VALUE, exchange -> error(exchange, 403, "RequestTimeTooSkewed"));
    assertThatThrownBy(store::probe)
        .isInstanceOf(StoreAccessDeniedException.class)
        .hasMessageContaining("set the clock");
    fail(1, exchange -> error(exchange, 403, "RequestTimeTooSkewed"));
    StoredChunk one = chunk(1, 10);
    store.put(List.of(one));
    assertThat(store.get(one.id())).hasValue(bytes(one));
  }

  @Test
  void a_web_server_that_is_no_s3_is_told_apart() {
    fail(
        Integer.MAX_VALUE,
        exchange -> send(exchange, 200, "<html><body>Welcome!</body></html>".getBytes(UTF_8)));
    assertThatThrownBy(store::probe)
        .isInstanceOf(StoreCorruptException.class)
        .hasMessageContaining("is the endpoint an S3 server?");
    assertThatThrownBy(() -> store.scan(entry -> {})).isInstanceOf(StoreCorruptException.class);
    fail(Integer.MAX_VALUE, exchange -> send(exchange, 404, "not here".getBytes(UTF_8)));
    assertThatThrownBy(store::probe)
        .isInstanceOf(StoreCorruptException.class)
        .hasMessageContaining("is the endpoint an S3 server?");
  }

  /** But for the few whose places others have taken. */
  @Test
  void what_was_stored_or_found_is_not_asked_for_again() {
    List<StoredChunk> stored = chunks(1, 300);
    List<StoredChunk> absent = chunks(5_000, 200);
    store.put(stored);
    List<StoredChunk> both = new ArrayList<>(stored);
    both.addAll(absent);

    assertThat(store.missing(ids(both))).hasSize(200);
    assertThat(count(request -> request.startsWith("HEAD"))).isBetween(200L, 205L);

    absent.forEach(chunk -> objects.put("/chunks/" + chunk.id(), bytes(chunk)));
    assertThat(store.missing(ids(both))).isEmpty();
    assertThat(store.missing(ids(both))).isEmpty();
    assertThat(count(request -> request.startsWith("HEAD"))).isBetween(400L, 420L);
  }

  @Test
  void a_failure_among_many_chunks_fails_the_call_and_leaves_no_request_under_way() {
    List<StoredChunk> all = chunks(1, 400);
    fail(Integer.MAX_VALUE, exchange -> error(exchange, 403, "AccessDenied"));
    assertThatThrownBy(() -> store.put(all)).isInstanceOf(StoreAccessDeniedException.class);
    int sent = requests.size();
    assertThat(sent).isLessThan(400);
    failures.set(0);
    assertThatThrownBy(() -> store.delete(ids(all))).isInstanceOf(StoreException.class);
    assertThat(count(request -> request.startsWith("PUT"))).isEqualTo(sent);
    store.put(all);
    assertThat(store.missing(ids(all))).isEmpty();
  }
}
