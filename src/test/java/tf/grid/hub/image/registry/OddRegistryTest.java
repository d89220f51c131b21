package tf.grid.hub.image.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.MalformedImageException;
import tf.grid.hub.image.PullException.PullRateLimitException;
import tf.grid.hub.image.PullException.RegistryAccessDeniedException;
import tf.grid.hub.image.PullException.SourceUnreachableException;
import tf.grid.hub.image.PullException.UnsupportedImageException;
import tf.grid.hub.image.bench.StandIn;
import tf.grid.hub.image.bench.TlsFiles;
import tf.grid.hub.image.json.ImageJson;
import tf.grid.hub.image.reference.Platform;

/** What registries do that they should not, or only in bad hours. */
@NeedsPrograms("openssl")
class OddRegistryTest {
  private static final byte[] LAYER = "all the bytes of a layer".repeat(1000).getBytes(UTF_8);

  @TempDir static Path directory;
  private static StandIn standIn;
  private static Pulls pulls;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException {
    standIn = StandIn.tls(TlsFiles.in(directory));
    pulls = Pulls.trusting(standIn.name());
  }

  @AfterAll
  static void stop() throws IOException {
    pulls.close();
    standIn.close();
  }

  @AfterEach
  void forget() {
    standIn.reset();
  }

  @Test
  void an_image_that_is_right_is_taken() throws IOException {
    standIn.serve(LAYER);
    assertThat(Pulls.fetch(open())).isEqualTo(LAYER.length);
  }

  @Test
  void a_web_page_in_place_of_a_manifest_is_said_to_be_one() {
    standIn.onManifest("latest", page(200));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining(standIn.name() + " answered with an HTML page")
        .hasMessageContaining("status 200, content type text/html;charset=utf-8")
        .hasMessageContaining("check that this is the address of a registry");
    assertThat(standIn.requests("/v2/app/")).hasSize(1);
  }

  @Test
  void a_sign_in_page_to_which_a_registry_leads_is_said_to_be_one() {
    standIn.onManifest("latest", StandIn.status(302, "Location", "/sign-in"));
    standIn.on("/sign-in", page(200));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("HTML page");
  }

  @Test
  void a_huge_page_is_said_to_be_one() {
    standIn.onManifest(
        "latest",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          StandIn.content(new byte[ImageJson.LARGEST + 1]).give(exchange);
        });
    assertThatThrownBy(OddRegistryTest::open).hasMessageContaining("HTML page");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 502})
  void a_page_that_tells_of_an_error_is_mentioned(int status) {
    standIn.onManifest("latest", page(status));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(
            status == 404 ? ImageNotFoundException.class : SourceUnreachableException.class)
        .hasMessageContaining("with an HTML page");
  }

  @Test
  void a_page_in_place_of_a_configuration_or_a_layer_is_said_to_be_one() throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(LAYER, page(200));
    RegistryImage image = open();
    assertThatThrownBy(() -> Pulls.fetch(image))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("HTML page")
        .hasMessageContaining("the layer sha256:");
    standIn.onBlob(image.config(), page(200));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("HTML page")
        .hasMessageContaining("the configuration of");
  }

  @Test
  void a_manifest_is_taken_whatever_its_content_type() throws IOException {
    standIn.serve(LAYER);
    String manifest = standIn.manifest("linux", "amd64", "");
    standIn.onManifest(
        "latest",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          StandIn.content(manifest.getBytes(UTF_8)).give(exchange);
        });
    assertThat(open().layers()).isEmpty();
  }

  @Test
  void an_attestation_that_comes_first_is_passed_over() throws IOException {
    String layer = StandIn.descriptor("application/vnd.in-toto+json", LAYER);
    String attestation =
        standIn.serve("x", standIn.manifest("unknown", "unknown", "", layer)).replace("}", "");
    String image = standIn.serve("y", standIn.manifest("linux", "amd64", ""));
    String annotation =
        ",\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}}";
    String platform = ",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}";
    for (String rest : List.of(platform + annotation, annotation, platform + "}", "}")) {
      standIn.serve("latest", StandIn.index(attestation + rest, image));
      assertThat(open().layers()).isEmpty();
    }
    standIn.serve("latest", StandIn.index(attestation + "}"));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("application/vnd.in-toto+json");
  }

  private static StandIn.Answer page(int status) {
    return exchange -> {
      byte[] html = "\n<!DOCTYPE html><title>Sign in</title>".getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
      exchange.sendResponseHeaders(status, html.length);
      exchange.getResponseBody().write(html);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void a_refusal_without_explanation_is_said_to_be_one(int status) {
    standIn.onManifest("latest", StandIn.status(status));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(RegistryAccessDeniedException.class)
        .hasMessageContaining("needs credentials");
  }

  @Test
  void an_unknown_kind_of_challenge_is_a_refusal() {
    standIn.onManifest("latest", StandIn.status(401, "WWW-Authenticate", "Negotiate"));
    assertThatThrownBy(OddRegistryTest::open).isInstanceOf(RegistryAccessDeniedException.class);
    assertThat(standIn.requests("/v2/app/")).hasSize(1);
  }

  @Test
  void a_missing_image_is_asked_for_once() {
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(ImageNotFoundException.class)
        .hasMessage(standIn.name() + " does not have the image " + standIn.name() + "/app");
    assertThat(standIn.requests("/v2/app/")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 0", "999999999, 86400", "'', ", "soon, ", "-1, "})
  void too_many_pulls_are_not_repeated_and_the_pause_is_kept(String header, Long seconds) {
    standIn.onManifest("latest", StandIn.status(429, "Retry-After", header));
    PullRateLimitException failure =
        catchThrowableOfType(PullRateLimitException.class, OddRegistryTest::open);
    assertThat(failure.retryAfter())
        .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    assertThat(failure).hasMessageContaining("try again later");
    assertThat(standIn.requests("/v2/app/")).hasSize(1);
  }

  @Test
  void too_many_pulls_of_a_layer_are_not_repeated() throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(LAYER, StandIn.status(429));
    RegistryImage image = open();
    assertThatThrownBy(() -> Pulls.fetch(image)).isInstanceOf(PullRateLimitException.class);
    assertThat(standIn.requests(StandIn.blobPath(LAYER))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void failures_in_passing_are_forgiven(int status) throws IOException {
    standIn.serve(LAYER);
    String path = StandIn.blobPath(LAYER);
    standIn.onBlob(
        LAYER,
        StandIn.inTurn(StandIn.status(status), StandIn.status(status), StandIn.content(LAYER)));
    assertThat(Pulls.fetch(open())).isEqualTo(LAYER.length);
    assertThat(standIn.requests(path)).hasSize(3);
  }

  @Test
  void failures_that_stay_are_told_after_some_tries() {
    standIn.onManifest("latest", StandIn.status(503));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessageContaining(standIn.name() + " answered 503");
    assertThat(standIn.requests("/v2/app/")).hasSize(4);
  }

  @Test
  void a_layer_that_is_cut_off_is_continued() throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(LAYER, StandIn.inTurn(StandIn.cutOff(LAYER, 5000), StandIn.part(LAYER)));
    assertThat(Pulls.fetch(open())).isEqualTo(LAYER.length);
    assertThat(standIn.requests(StandIn.blobPath(LAYER)))
        .extracting(request -> request.range().orElse("none"))
        .containsExactly("none", "bytes=5000-");
  }

  @Test
  void a_layer_is_continued_where_parts_are_not_sent() throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(
        LAYER,
        StandIn.inTurn(
            StandIn.cutOff(LAYER, 5000), StandIn.cutOff(LAYER, 9000), StandIn.content(LAYER)));
    assertThat(Pulls.fetch(open())).isEqualTo(LAYER.length);
    assertThat(standIn.requests(StandIn.blobPath(LAYER))).hasSize(3);
  }

  @Test
  void a_layer_that_never_comes_is_given_up() throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(LAYER, StandIn.cutOff(LAYER, 5000));
    RegistryImage image = open();
    assertThatThrownBy(() -> Pulls.fetch(image))
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessageContaining("cut off after 5000 of " + LAYER.length + " bytes");
    assertThat(standIn.requests(StandIn.blobPath(LAYER))).hasSizeBetween(2, 8);
  }

  @Test
  void another_part_than_was_asked_for_is_refused() throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(
        LAYER,
        StandIn.inTurn(
            StandIn.cutOff(LAYER, 5000),
            exchange -> {
              exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + LAYER.length);
              exchange.sendResponseHeaders(206, LAYER.length - 5000);
              exchange.getResponseBody().write(LAYER, 0, LAYER.length - 5000);
            }));
    breaks("another part");
  }

  @Test
  void another_content_is_refused() throws IOException {
    byte[] other = LAYER.clone();
    other[LAYER.length - 1]++;
    standIn.serve(LAYER);
    standIn.onBlob(LAYER, StandIn.content(other));
    breaks("another content than its digest says");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void another_length_is_refused(int difference) throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(LAYER, StandIn.content(Arrays.copyOf(LAYER, LAYER.length + difference)));
    breaks("does not have the " + LAYER.length + " bytes");
  }

  @Test
  void more_than_was_announced_is_refused_where_no_length_is_sent() throws IOException {
    standIn.serve(LAYER);
    standIn.onBlob(
        LAYER,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(Arrays.copyOf(LAYER, LAYER.length + 1));
          exchange.getResponseBody().close();
        });
    breaks("is longer than the " + LAYER.length + " bytes");
  }

  private static void breaks(String message) throws IOException {
    RegistryImage image = open();
    assertThatThrownBy(() -> Pulls.fetch(image))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1073741825", "9223372036854775807"})
  void a_layer_that_is_announced_as_huge_is_not_fetched(String size) {
    standIn.onBlob(LAYER, StandIn.content(LAYER));
    String layer = StandIn.descriptor(StandIn.LAYER, LAYER, size);
    standIn.serve("latest", standIn.manifest("linux", "amd64", "", layer, layer));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("more than the 1073741824 bytes");
    assertThat(standIn.requests(StandIn.blobPath(LAYER))).isEmpty();
  }

  @Test
  void a_huge_configuration_is_not_fetched() {
    String type = "application/vnd.oci.image.config.v1+json";
    String config = StandIn.descriptor(type, LAYER, "8388609");
    standIn.onBlob(LAYER, StandIn.content(LAYER));
    standIn.serve("latest", "{\"config\":" + config + ",\"layers\":[]}");
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("configuration");
    assertThat(standIn.requests(StandIn.blobPath(LAYER))).isEmpty();
  }

  @Test
  void a_huge_manifest_is_not_read_to_its_end() {
    standIn.onManifest("latest", StandIn.content(new byte[ImageJson.LARGEST + 1]));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("more than " + ImageJson.LARGEST + " bytes");
  }

  @Test
  void a_manifest_of_another_digest_is_refused() {
    String digest = "sha256:" + "0".repeat(64);
    standIn.onManifest(digest, StandIn.content("{}".getBytes(UTF_8)));
    assertThatThrownBy(() -> pulls.open(standIn.name() + "/app@" + digest))
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("another content than its digest says");
  }

  @Test
  void lists_within_lists_are_followed_but_not_for_ever() throws IOException {
    String entry = standIn.serve("x", standIn.manifest("linux", "amd64", ""));
    for (int depth = 1; depth <= 3; depth++) {
      entry = standIn.serve("latest", StandIn.index(entry));
    }
    assertThat(open().layers()).isEmpty();
    standIn.serve("latest", StandIn.index(entry));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("too many lists");
  }

  @Test
  void a_list_of_many_images_without_platform_is_not_searched_for_ever() {
    String[] entries = new String[50];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = standIn.serve("x", standIn.manifest("linux", "riscv" + i, ""));
    }
    standIn.serve("latest", StandIn.index(entries));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("too many manifests");
    assertThat(standIn.requests("/v2/app/manifests/")).hasSizeLessThan(25);
  }

  @Test
  void schema_1_is_refused() {
    standIn.serve("latest", "{\"schemaVersion\":1,\"fsLayers\":[]}");
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("schema 1");
  }

  @Test
  void an_unknown_type_of_layer_is_refused() {
    String layer = StandIn.descriptor("application/vnd.example.layer", LAYER);
    standIn.serve("latest", standIn.manifest("linux", "amd64", "", layer));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("unknown type, application/vnd.example.layer");
  }

  @Test
  void a_foreign_layer_is_taken_from_the_registry_only() throws IOException {
    String type = "application/vnd.docker.image.rootfs.foreign.diff.tar";
    String elsewhere = "https://" + standIn.name() + "/elsewhere";
    String layer =
        StandIn.descriptor(type, LAYER).replace("}", ",\"urls\":[\"" + elsewhere + "\"]}");
    standIn.serve("latest", standIn.manifest("linux", "amd64", "", layer));
    standIn.on("/elsewhere", StandIn.content(LAYER));
    RegistryImage image = open();
    assertThatThrownBy(() -> Pulls.fetch(image))
        .isInstanceOf(ImageNotFoundException.class)
        .hasMessageContaining("the foreign layer sha256:")
        .hasMessageContaining("addresses elsewhere are not followed");
    assertThat(standIn.requests("/elsewhere")).isEmpty();
    standIn.onBlob(LAYER, StandIn.content(LAYER));
    assertThat(Pulls.fetch(image)).isEqualTo(LAYER.length);
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, amd64/",
    "linux/arm/v7, arm/v7",
    "linux/arm, arm/v7",
    "linux/arm/v6, arm/v6",
    "linux/arm/v8, arm/v7",
    "linux/arm64, arm64/v8",
  })
  void the_image_of_the_wanted_platform_is_chosen(String wanted, String chosen) throws IOException {
    servePlatforms("amd64/", "arm/v6", "arm/v7", "arm64/v8");
    RegistryImage image = open(Platform.parse(wanted));
    String[] words = chosen.split("/", -1);
    assertThat(new String(image.config(), UTF_8))
        .contains("\"architecture\":\"%s\",\"variant\":\"%s\"".formatted(words[0], words[1]));
    assertThat(image.digest()).isNotEqualTo(image.namedDigest());
  }

  @Test
  void other_platforms_are_named_where_the_wanted_one_is_missing() {
    servePlatforms("amd64/", "arm/v7");
    assertThatThrownBy(() -> open(Platform.parse("linux/s390x")))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("is not for linux/s390x but for linux/amd64, linux/arm/v7");
  }

  private static void servePlatforms(String... platforms) {
    String[] entries = new String[platforms.length];
    for (int i = 0; i < platforms.length; i++) {
      String[] words = platforms[i].split("/", -1);
      String platform =
          ",\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\",\"variant\":\"%s\"}}"
              .formatted(words[0], words[1]);
      entries[i] =
          standIn.serve("x", standIn.manifest("linux", words[0], words[1])).replace("}", platform);
    }
    standIn.serve("latest", StandIn.index(entries));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "token", "//127.0.0.1/token", "", "ftp://x/", "https:token"})
  void a_place_for_tokens_that_is_no_whole_address_is_said_to_be_none(String realm) {
    String challenge = "Bearer realm=\"" + realm + "\",service=\"x\"";
    standIn.onManifest("latest", StandIn.status(401, "WWW-Authenticate", challenge));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("whole address for tokens");
    assertThat(standIn.requests("/")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 40000", "300, 10"})
  void endless_headers_are_refused_at_once(int headers, int length) throws IOException {
    standIn.serve(LAYER);
    String[] namesAndValues = new String[2 * headers];
    for (int i = 0; i < headers; i++) {
      namesAndValues[2 * i] = "X-Header-" + i;
      namesAndValues[2 * i + 1] = "x".repeat(length);
    }
    standIn.onManifest("latest", StandIn.status(200, namesAndValues));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("headers");
    assertThat(standIn.requests("/v2/app/")).hasSize(1);
  }

  @Test
  void redirects_end() {
    standIn.onManifest("latest", StandIn.status(307, "Location", "/v2/app/manifests/latest"));
    assertThatThrownBy(OddRegistryTest::open)
        .isInstanceOf(MalformedImageException.class)
        .hasMessageContaining("redirects");
    assertThat(standIn.requests("/v2/app/")).hasSize(6);
  }

  @Test
  void an_interrupted_pull_ends_at_once_and_with_it_the_connection() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch gone = serveSlowly(begun, cancelled);
    RegistryImage image = open();
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread puller = new Thread(() -> end.set(catchThrowable(() -> Pulls.fetch(image))));
    puller.start();
    Await.open("the layer begins", begun);
    puller.interrupt();
    puller.join();
    assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
    cancelled.countDown();
    Await.open("the client is gone", gone);
    assertThat(standIn.requests(StandIn.blobPath(LAYER))).hasSize(1);
  }

  @Test
  void what_nobody_reads_is_not_fetched() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch gone = serveSlowly(new CountDownLatch(1), closed);
    RegistryImage image = open();
    try (InputStream in = image.layer(image.layers().get(0))) {
      assertThat(in.read()).isEqualTo(LAYER[0]);
    }
    // Closing did not wait for the rest, which is sent only now.
    closed.countDown();
    Await.open("the client is gone", gone);
  }

  /**
   * Serves the beginning of a layer, and more of it later.
   *
   * @return whether the client has gone away by then
   */
  private static CountDownLatch serveSlowly(CountDownLatch begun, CountDownLatch later) {
    CountDownLatch gone = new CountDownLatch(1);
    standIn.serve(LAYER);
    standIn.onBlob(
        LAYER,
        exchange -> {
          exchange.sendResponseHeaders(200, LAYER.length);
          exchange.getResponseBody().write(LAYER, 0, 100);
          exchange.getResponseBody().flush();
          begun.countDown();
          if (catchThrowable(() -> awaitGone(later, exchange.getResponseBody())) == null) {
            gone.countDown();
          }
        });
    return gone;
  }

  private static void awaitGone(CountDownLatch later, OutputStream body) {
    Await.open("the rest may be sent", later);
    AtomicInteger sent = new AtomicInteger(100);
    Await.until("the client is gone", () -> isGone(body, sent.getAndIncrement()));
  }

  private static boolean isGone(OutputStream body, int next) {
    assertThat(next).isLessThan(LAYER.length);
    try {
      body.write(LAYER, next, 1);
      body.flush();
      return false;
    } catch (IOException gone) {
      return true;
    }
  }

  private static RegistryImage open() throws IOException {
    return open(Platform.DEFAULT);
  }

  private static RegistryImage open(Platform platform) throws IOException {
    return pulls.open(standIn.name() + "/app", platform, Optional.empty());
  }
}
