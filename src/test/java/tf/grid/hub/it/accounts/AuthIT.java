package tf.grid.hub.it.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.ComparableAnswer;
import tf.grid.hub.client.RecordedExchange;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.store.ChunkSamples;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.zdb.ZdbChunkStore;
import tf.grid.hub.store.zdb.ZdbSettings;

/** A hub with authentication: who gets in, as whom, and what the rest is told. */
class AuthIT {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");
  private static final String GUEST = "guest-token-for-tests";
  private static RunningHub hub;
  private static Uploader anonymous;
  private static String aliceToken;
  private static Uploader alice;

  @BeforeAll
  static void start() throws IOException {
    hub =
        RunningHub.start(
            Map.of(
                "HUB_AUTH_ENABLED", "true",
                "HUB_AUTH_DEV_LOGIN", "true",
                "HUB_AUTH_GUEST_TOKEN", GUEST,
                "HUB_AUTH_USERS_MAP", "official-apps=alice.3bot,équipe=alice.3bot",
                "HUB_OFFICIAL_REPOSITORIES", "official-apps",
                "HUB_AUTH_THREEBOT_SEED", earlier("seed_hex"),
                "HUB_AUTH_THREEBOT_LEGACY_TOKEN_MAX_AGE", "P36500D"));
    anonymous = new Uploader(hub.uri("/"));
    aliceToken = token("alice.3bot");
    alice = withToken(aliceToken);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  /** The recorded exchanges are about the same users; some bring tokens of the earlier hub. */
  @TestFactory
  Stream<DynamicTest> the_answer_is_as_recorded() throws IOException {
    return RecordedExchange.with("A").stream()
        .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> check(exchange)));
  }

  private static void check(RecordedExchange exchange) throws IOException {
    Uploader client =
        switch (exchange.number()) {
          case "A-001" -> anonymous;
          case "A-016" -> anonymous.with("Authorization", "Basic dXNlcjpwYXNz");
          case "A-019" -> anonymous.with("Authorization", "bearer AAAAwrongtoken");
          case "A-025" -> anonymous.with("Authorization", "bearer " + earlier("valid"));
          case "A-026" -> anonymous.with("Authorization", "BEARER " + earlier("valid"));
          default -> alice;
        };
    if (exchange.number().equals("A-046")) {
      makeRepositories();
      // The last scan may be half a second old, and may have seen some of the files.
      Await.value(
          "all are listed",
          () -> ComparableAnswer.of(json(exchange.replay(client).body())),
          expected(exchange)::equals);
    }
    HttpResponse<String> answer = exchange.replay(client);
    assertThat(answer.statusCode()).isEqualTo(exchange.status());
    assertThat(ComparableAnswer.of(json(answer.body()))).isEqualTo(expected(exchange));
  }

  private static JsonValue expected(RecordedExchange exchange) {
    String recorded = exchange.body().orElseThrow().toString();
    // One message for every bad token, and true counts: docs/compatibility.md.
    String here =
        switch (exchange.number()) {
          case "A-019" -> recorded.replace("invalid signature", "invalid token");
          case "A-034" -> recorded.replace("\"directory\":2", "\"directory\":1");
          default -> recorded;
        };
    return ComparableAnswer.of(json(here));
  }

  /** The key and the token of the recorded exchanges. */
  private static String earlier(String field) throws IOException {
    return json(Files.readString(VECTORS.resolve("legacy-token.json")))
        .asJsonObject()
        .getString(field);
  }

  private static void makeRepositories() throws IOException {
    Path users = hub.dataDirectory().resolve("public/users");
    Path good = VECTORS.resolve("samples/good.flist");
    for (String name : List.of("alice.3bot/good", "alice.3bot/mix", "official-apps/app")) {
      Path file = users.resolve(name + ".flist");
      Files.createDirectories(file.getParent());
      Files.copy(good, file);
    }
    Path bobs = Files.createDirectories(users.resolve("bob.3bot/.tag-v1"));
    Files.createSymbolicLink(bobs.resolve("app.flist"), Path.of("../../official-apps/app.flist"));
    Files.createSymbolicLink(
        bobs.resolveSibling("app.flist"), Path.of("../official-apps/app.flist"));
    Files.createSymbolicLink(users.resolve("alice.3bot/bobs"), Path.of("../bob.3bot/.tag-v1"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 401, no authorization provided",
    "Bearer, 400, invalid authorization header",
    "Basic dXNlcjpwYXNz, 400, invalid authorization header",
    "bearer AAAA, 401, invalid token",
    "bearer e30.e30.e30, 401, invalid token",
  })
  void who_is_not_signed_in_uploads_nothing(String header, int status, String message)
      throws IOException {
    Uploader client = header.isEmpty() ? anonymous : anonymous.with("Authorization", header);
    HttpResponse<String> answer = client.upload("unsigned.tar.gz", archive());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("{\"status\":\"error\",\"message\":\"" + message + "\"}\n");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .isEqualTo(status == 401 ? Optional.of("Bearer") : Optional.empty());
    assertThat(anonymous.get("/api/flist").body()).doesNotContain("unsigned");
  }

  @Test
  void a_token_that_was_tampered_with_is_refused() throws IOException {
    int signature = aliceToken.lastIndexOf('.') + 10;
    char other = aliceToken.charAt(signature) == 'A' ? 'B' : 'A';
    String forged =
        aliceToken.substring(0, signature) + other + aliceToken.substring(signature + 1);
    assertThat(withToken(forged).get("/api/flist/me").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer", "Bearer", "BEARER", "bEaReR"})
  void the_scheme_is_taken_in_any_case(String scheme) throws IOException {
    Uploader client = anonymous.with("Authorization", scheme + " " + aliceToken);
    assertThat(username(client)).isEqualTo("alice.3bot");
  }

  @Test
  void uploads_go_into_the_repository_of_the_tokens_user() throws IOException {
    assertThat(alice.upload("own.tar.gz", archive()).statusCode()).isEqualTo(200);
    assertThat(anonymous.get("/api/flist/alice.3bot/own/light").statusCode()).isEqualTo(200);
    assertThat(alice.get("/api/flist/me/own").statusCode()).isEqualTo(200);
  }

  @Test
  void a_cookie_switches_the_account_if_that_is_granted() throws IOException {
    assertThat(username(alice.with("Cookie", "active-user=official-apps")))
        .isEqualTo("official-apps");
    assertThat(username(alice.with("Cookie", "active-user=mallory"))).isEqualTo("alice.3bot");
    assertThat(username(alice.with("Cookie", "active-user=%C3%A9quipe"))).isEqualTo("équipe");
  }

  @Test
  void a_header_switches_the_account_or_is_refused() throws IOException {
    Uploader official = alice.with("X-Active-User", "official-apps");
    assertThat(username(official)).isEqualTo("official-apps");
    assertThat(official.upload("by-alice.tar.gz", archive()).statusCode()).isEqualTo(200);
    assertThat(anonymous.get("/api/flist/official-apps/by-alice/light").statusCode())
        .isEqualTo(200);
    HttpResponse<String> refused =
        alice.with("X-Active-User", "mallory").upload("x.tar.gz", archive());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(anonymous.get("/api/flist/mallory").statusCode()).isEqualTo(404);
  }

  @Test
  void the_guest_token_is_the_user_guest() throws IOException {
    Uploader guest = withToken(GUEST);
    assertThat(username(guest)).isEqualTo("guest");
    assertThat(guest.upload("visit.tar.gz", archive()).statusCode()).isEqualTo(200);
    assertThat(anonymous.get("/api/flist/guest/visit/light").statusCode()).isEqualTo(200);
  }

  @Test
  void the_key_is_for_its_owner_alone_and_tokens_outlive_a_restart() throws IOException {
    Path key = hub.dataDirectory().resolve("token-key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    hub.stop();
    hub.restart();
    assertThat(username(alice)).isEqualTo("alice.3bot");
  }

  @Test
  void the_gateway_takes_chunks_for_a_token_only() {
    StoredChunk chunk = ChunkSamples.chunk("through the gateway".getBytes(UTF_8));
    ZdbSettings settings = ZdbSettings.of("127.0.0.1", hub.gatewayPort(), "default");
    try (ZdbChunkStore reader = new ZdbChunkStore(settings);
        ZdbChunkStore writer = new ZdbChunkStore(settings.withToken(aliceToken));
        ZdbChunkStore forged = new ZdbChunkStore(settings.withToken("e30.e30.e30"))) {
      assertThatThrownBy(() -> reader.put(List.of(chunk)))
          .isInstanceOf(StoreAccessDeniedException.class);
      assertThatThrownBy(() -> forged.put(List.of(chunk)))
          .isInstanceOf(StoreAccessDeniedException.class);
      assertThat(reader.get(chunk.id())).isEmpty();
      writer.put(List.of(chunk));
      assertThat(reader.get(chunk.id())).contains(ChunkSamples.bytes(chunk));
    }
  }

  @Test
  void chunks_are_taken_over_http_for_a_token_that_may_write_only() throws IOException {
    StoredChunk chunk = ChunkSamples.chunk("over HTTP".getBytes(UTF_8));
    String path = "/api/chunks/" + chunk.id();
    Uploader scripts = alice.with("Content-Type", "application/json");
    String made = scripts.postText("/api/tokens", "{\"scope\":\"read\"}").body();
    String readOnly = ((JsonObject) json(made)).getJsonObject("payload").getString("token");

    assertThat(anonymous.put(path, ChunkSamples.bytes(chunk)).statusCode()).isEqualTo(401);
    HttpResponse<String> refused = withToken(readOnly).put(path, ChunkSamples.bytes(chunk));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("this token has no scope 'write'");
    assertThat(anonymous.get(path).statusCode()).isEqualTo(404);

    assertThat(alice.put(path, ChunkSamples.bytes(chunk)).statusCode()).isEqualTo(201);
    assertThat(anonymous.download(path).body()).isEqualTo(ChunkSamples.bytes(chunk));
  }

  @Test
  void a_browser_learns_what_other_sites_may_send() throws IOException {
    HttpResponse<String> preflight =
        anonymous
            .with("Origin", "https://elsewhere.example")
            .with("Access-Control-Request-Method", "POST")
            .send("OPTIONS", "/api/flist/me/upload");
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("POST", "PUT", "DELETE");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
  }

  @Test
  void tokens_are_never_in_the_log() throws IOException {
    withToken(aliceToken + "x").get("/api/flist/me");
    withToken(GUEST + "x").upload("x.tar.gz", archive());
    assertThat(hub.log()).doesNotContain(aliceToken, GUEST);
  }

  private static String token(String user) throws IOException {
    HttpResponse<String> answer =
        anonymous
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ((JsonObject) json(answer.body())).getJsonObject("payload").getString("token");
  }

  private static Uploader withToken(String token) {
    return anonymous.with("Authorization", "bearer " + token);
  }

  private static String username(Uploader client) throws IOException {
    HttpResponse<String> answer = client.get("/api/flist/me");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ((JsonObject) json(answer.body())).getJsonObject("payload").getString("username");
  }

  private static byte[] archive() throws IOException {
    return Files.readAllBytes(VECTORS.resolve("samples/sample-small.tar.gz"));
  }
}
