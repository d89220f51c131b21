package tf.grid.hub.it.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.account.token.SigningKey;
import tf.grid.hub.account.token.TokenForge;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.it.AuditLines;
import tf.grid.hub.it.MirrorHub;
import tf.grid.hub.store.ChunkSamples;
import tf.grid.hub.store.StoreException.StoreAccessDeniedException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.zdb.ZdbChunkStore;
import tf.grid.hub.store.zdb.ZdbSettings;

/** Tokens of a running hub, from the first to the last request, and those that are none. */
class TokensIT {

  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  /** What a header can carry after {@code bearer}; the rest is refused as a malformed header. */
  private static final Pattern SENDABLE = Pattern.compile("[!-~]+");

  private static final RunningHub HUB = AccountsHub.shared();
  private static final Uploader ANONYMOUS = new Uploader(HUB.uri("/"));

  @TestFactory
  Stream<DynamicTest> forged_and_broken_tokens_are_refused() throws Exception {
    SigningKey key = SigningKey.of(HUB.dataDirectory().resolve("token-key.pem"));
    String issuer = HUB.uri("").toString();
    TokenForge forge = new TokenForge(key, issuer, Instant.now());
    Map<String, String> tokens = forge.forgeries();
    tokens.put("well signed, but never made here", forge.good());
    tokens.put("of another hub", new TokenForge(otherKey(), issuer, Instant.now()).good());
    return tokens.entrySet().stream()
        .filter(token -> SENDABLE.matcher(token.getValue()).matches())
        .filter(token -> token.getValue().length() < 8000)
        .map(token -> DynamicTest.dynamicTest(token.getKey(), () -> refuses(token.getValue())));
  }

  private static SigningKey otherKey() throws Exception {
    return SigningKey.of(Files.createTempDirectory(HUB.dataDirectory(), "other").resolve("key"));
  }

  private static void refuses(String token) throws IOException {
    HttpResponse<String> answer = with(token).get("/api/flist/me");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"status\":\"error\",\"message\":\"invalid token\"}\n");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void a_token_longer_than_any_is_refused() throws IOException {
    assertThat(with("x".repeat(9000)).get("/api/flist/me").statusCode()).isBetween(400, 431);
  }

  @Test
  void a_token_is_made_listed_used_and_revoked() throws IOException {
    Uploader alice = signedIn("alice.3bot");
    JsonObject made =
        make(alice, "{\"label\":\"build machine\",\"scope\":[\"read\",\"write\"],\"ttl\":\"P7D\"}");
    Uploader machine = with(made.getString("token"));
    assertThat(username(machine)).isEqualTo("alice.3bot");
    JsonObject listed = listed(alice, made.getString("id"));
    assertThat(listed.getString("label")).isEqualTo("build machine");
    assertThat(listed.getString("scope")).isEqualTo("read write");
    assertThat(listed.getInt("expires") - listed.getInt("issued")).isEqualTo(7 * 86_400);
    assertThat(listed.getInt("used")).isLessThanOrEqualTo(listed.getInt("issued"));
    assertThat(listed.getBoolean("current")).isFalse();
    assertThat(alice.get("/api/tokens").body()).doesNotContain(made.getString("token"));

    assertThat(revoke(alice, made.getString("id"))).isEqualTo(200);
    refuses(made.getString("token"));
    assertThat(revoke(alice, made.getString("id"))).isEqualTo(404);
    assertThat(username(alice)).isEqualTo("alice.3bot");
  }

  @Test
  void a_revoked_token_stays_revoked_and_a_good_one_good_when_the_hub_is_killed()
      throws IOException {
    Uploader alice = signedIn("alice.3bot");
    JsonObject kept = make(alice, "{\"label\":\"kept\"}");
    JsonObject revoked = make(alice, "{\"label\":\"lost laptop\"}");
    username(with(revoked.getString("token")));
    assertThat(revoke(alice, revoked.getString("id"))).isEqualTo(200);
    HUB.kill();
    HUB.restart();

    refuses(revoked.getString("token"));
    assertThat(username(with(kept.getString("token")))).isEqualTo("alice.3bot");
    assertThat(listed(alice, kept.getString("id")).getString("label")).isEqualTo("kept");
  }

  @Test
  void nobody_sees_or_revokes_the_tokens_of_others() throws IOException {
    Uploader alice = signedIn("alice.3bot");
    Uploader bob = signedIn("bob.3bot");
    String id = make(alice, "{\"label\":\"of alice\"}").getString("id");

    assertThat(bob.get("/api/tokens").body()).doesNotContain(id);
    assertThat(revoke(bob, id)).isEqualTo(404);
    assertThat(revoke(bob.with("X-Active-User", "alice.3bot"), id)).isEqualTo(404);
    assertThat(listed(alice, id).getString("label")).isEqualTo("of alice");
  }

  @Test
  void an_administrator_revokes_all_tokens_of_an_account_at_once_and_for_the_gateway_too()
      throws IOException {
    Uploader mallory = signedIn("mallory.3bot");
    String stolen = make(mallory, "{}").getString("token");
    Uploader bob = signedIn("bob.3bot");
    String path = "/api/admin/accounts/mallory.3bot/tokens";
    assertThat(bob.send("DELETE", path).statusCode()).isEqualTo(403);
    assertThat(ANONYMOUS.send("DELETE", path).statusCode()).isEqualTo(401);
    ZdbSettings gateway = ZdbSettings.of("127.0.0.1", HUB.gatewayPort(), "default");
    try (ZdbChunkStore writer = new ZdbChunkStore(gateway.withToken(stolen))) {
      writer.put(List.of(ChunkSamples.chunk("before".getBytes(UTF_8))));

      HttpResponse<String> answer = signedIn("root.3bot").send("DELETE", path);

      assertThat(payload(answer)).isEqualTo(json("{\"revoked\":2}"));
      StoredChunk late = ChunkSamples.chunk("after".getBytes(UTF_8));
      assertThatThrownBy(() -> writer.put(List.of(late)))
          .isInstanceOf(StoreAccessDeniedException.class);
    }
    refuses(stolen);
    assertThat(mallory.get("/api/tokens").statusCode()).isEqualTo(401);
    assertThat(bob.get("/api/tokens").statusCode()).isEqualTo(200);
    assertThat(username(signedIn("mallory.3bot"))).isEqualTo("mallory.3bot");
    new AuditLines(auditLog())
        .await("revoke-tokens", "\"user\":\"root.3bot\"", "mallory.3bot", "\"status\":200");
  }

  @Test
  void users_revoke_all_their_tokens_including_the_one_in_use() throws IOException {
    Uploader nora = signedIn("nora.3bot");
    String other = make(nora, "{}").getString("token");
    Uploader reader = with(make(nora, "{\"scope\":\"read\"}").getString("token"));
    assertThat(reader.send("DELETE", "/api/tokens").statusCode()).isEqualTo(403);

    assertThat(payload(nora.send("DELETE", "/api/tokens"))).isEqualTo(json("{\"revoked\":3}"));

    refuses(other);
    assertThat(nora.get("/api/tokens").statusCode()).isEqualTo(401);
  }

  @Test
  void a_token_that_only_reads_changes_nothing_and_manages_itself_alone() throws IOException {
    Uploader alice = signedIn("alice.3bot");
    JsonObject made = make(alice, "{\"scope\":\"read\"}");
    Uploader reader = with(made.getString("token"));

    assertThat(username(reader)).isEqualTo("alice.3bot");
    HttpResponse<String> refused = reader.upload("narrow.tar.gz", archive());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("this token has no scope 'write'");
    assertThat(ANONYMOUS.get("/api/flist/alice.3bot/narrow/light").statusCode()).isEqualTo(404);
    assertThat(reader.get("/api/tokens").statusCode()).isEqualTo(403);
    assertThat(post(reader, "{}").statusCode()).isEqualTo(403);
    assertThat(revoke(reader, make(alice, "{}").getString("id"))).isEqualTo(403);
    assertThat(revoke(reader, made.getString("id"))).isEqualTo(200);
    refuses(made.getString("token"));
  }

  @Test
  void a_token_for_one_repository_changes_that_one_only() throws IOException {
    JsonObject made = make(signedIn("alice.3bot"), "{\"repository\":\"official-apps\"}");
    Uploader bound = with(made.getString("token"));

    assertThat(username(bound)).isEqualTo("official-apps");
    assertThat(bound.upload("bound.tar.gz", archive()).statusCode()).isEqualTo(200);
    assertThat(ANONYMOUS.get("/api/flist/official-apps/bound/light").statusCode()).isEqualTo(200);
    HttpResponse<String> refused =
        bound.with("X-Active-User", "alice.3bot").upload("bound.tar.gz", archive());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("for the repository official-apps only");
    assertThat(username(bound.with("Cookie", "active-user=alice.3bot"))).isEqualTo("official-apps");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scope\":\"everything\"} | 400 | scope must be some of read write admin",
        "{\"scope\":7} | 400 | scope must be",
        "{\"ttl\":\"P9999D\"} | 400 | at most",
        "{\"ttl\":\"-PT1H\"} | 400 | ttl must be",
        "{\"ttl\":\"soon\"} | 400 | ttl must be",
        "{\"label\":\"two\\nlines\"} | 400 | label must have",
        "{\"repository\":\"../x\"} | 400 | repository must be",
        "{\"repository\":\"bob.3bot\"} | 403 | you may not act for this repository",
        "{\"repository\":\"official-apps\",\"scope\":\"admin\"} | 400 | cannot have the scope"
            + " admin",
        "[] | 400 | malformed",
        "{ | 400 | malformed",
        "{} {} | 400 | malformed",
        "{\"scopes\":\"admin\"} | 400 | there is no field 'scopes' here",
      })
  void what_cannot_be_made_is_refused(String body, int status, String message) throws IOException {
    HttpResponse<String> answer = post(signedIn("alice.3bot"), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(message).startsWith("{\"status\":\"error\"");
  }

  @Test
  void a_wish_for_a_token_is_bounded_in_length_and_depth() throws IOException {
    Uploader alice = signedIn("alice.3bot");
    Uploader form = ANONYMOUS.with("Content-Type", "application/x-www-form-urlencoded");
    String deep = "{\"label\":" + "[".repeat(8000) + "]".repeat(8000) + "}";
    String longLabel = "x".repeat(17_000);

    assertThat(post(alice, deep).statusCode()).isEqualTo(400);
    assertThat(post(alice, "{\"label\":\"" + longLabel + "\"}").statusCode()).isEqualTo(413);
    assertThat(post(with("e30.e30.e30"), longLabel).statusCode()).isEqualTo(401);
    assertThat(form.postText("/api/tokens", "user=x&label=" + longLabel).statusCode())
        .isEqualTo(413);
    assertThat(form.postText("/api/tokens", "user=x&pass=y").body()).contains("no field 'pass'");
  }

  @Test
  void the_guest_token_makes_and_lists_no_tokens() throws IOException {
    Uploader guest = with(AccountsHub.GUEST_TOKEN);

    assertThat(guest.get("/api/tokens").statusCode()).isEqualTo(403);
    assertThat(post(guest, "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void tokens_of_a_trusted_issuer_are_good() throws IOException {
    JwtClaims claims = claims(AccountsHub.SSO_ISSUER);
    claims.setAudience(HUB.uri("").toString());
    claims.setClaim("upn", "alice.3bot");
    Uploader employee = with(signed(claims, "ES256", AccountsHub.SSO));

    assertThat(username(employee)).isEqualTo("alice.3bot");
    assertThat(username(employee.with("X-Active-User", "official-apps")))
        .isEqualTo("official-apps");
    assertThat(employee.get("/api/tokens").statusCode()).isEqualTo(403);
    claims.setClaim("groups", List.of("hub-admin"));
    assertThat(with(signed(claims, "ES256", AccountsHub.SSO)).get("/api/tokens").statusCode())
        .isEqualTo(200);
    claims.setAudience("https://other.example");
    refuses(signed(claims, "ES256", AccountsHub.SSO));
  }

  @Test
  void tokens_of_the_earlier_hub_are_good() throws IOException {
    Uploader alice = with(AccountsHub.legacy("valid"));

    assertThat(username(alice)).isEqualTo("alice.3bot");
    assertThat(username(alice.with("Cookie", "active-user=official-apps")))
        .isEqualTo("official-apps");
    assertThat(alice.upload("legacy.tar.gz", archive()).statusCode()).isEqualTo(200);
    refuses(AccountsHub.legacy("signed_by_other_key"));
  }

  @Test
  void tokens_of_itsyou_online_are_good() throws IOException {
    JwtClaims claims = claims("itsyouonline");
    claims.setClaim("username", "carol");
    claims.setClaim("scope", "user:name,user:memberof:builders");
    Uploader carol = with(signed(claims, "ES384", AccountsHub.ITSYOU_ONLINE));

    assertThat(username(carol)).isEqualTo("carol");
    assertThat(username(carol.with("X-Active-User", "builders"))).isEqualTo("builders");
    assertThat(carol.with("X-Active-User", "official-apps").get("/api/flist/me").statusCode())
        .isEqualTo(403);
    refuses(signed(claims, "ES384", AccountsHub.pair("secp384r1")));
  }

  @Test
  void the_audit_log_tells_what_was_done_and_tried_without_secrets() throws Exception {
    JsonObject made = make(signedIn("audited"), "{\"label\":\"x\"}");
    Uploader user = with(made.getString("token"));
    user.upload("kept.tar.gz", archive());
    user.upload("broken.tar.gz", "no archive ".repeat(60).getBytes(UTF_8));
    ANONYMOUS.put("/api/flist/me/nobody.tar.gz", archive());
    with("e30.e30.e30").put("/api/flist/me/forged.tar.gz", archive());
    user.with("X-Active-User", "bob.3bot").put("/api/flist/me/other%0Aline.tar.gz", archive());
    ANONYMOUS
        .with("Content-Type", "application/x-www-form-urlencoded")
        .postText("/api/tokens?password=geheim1", "user=a/b&password=geheim2");

    List<JsonObject> lines = auditLines("other\nline.tar.gz");
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.getString("action")).isEqualTo("upload");
              assertThat(line.getString("user", "")).isEqualTo("audited");
              assertThat(line.getString("account", "")).isEqualTo("audited");
              assertThat(line.getJsonObject("names").getString("name", "")).isEqualTo("kept.flist");
              assertThat(line.getString("from", "")).isEqualTo("127.0.0.1");
              assertThat(line.getString("token", "")).isEqualTo(made.getString("id"));
              assertThat(line.getInt("status")).isEqualTo(200);
            })
        .anySatisfy(line -> refusal(line, "broken.flist", 500, "this is not a tar archive"))
        .anySatisfy(line -> refusal(line, "nobody.tar.gz", 401, "no authorization provided"))
        .anySatisfy(line -> refusal(line, "forged.tar.gz", 401, "invalid token"))
        .anySatisfy(
            line -> refusal(line, "other\nline.tar.gz", 403, "you may not act for the account"));
    assertThat(Files.readString(auditLog()))
        .doesNotContain("geheim", made.getString("token"), "eyJ", "e30.e30");
  }

  private static void refusal(JsonObject line, String name, int status, String message) {
    assertThat(line.getJsonObject("names").getString("name", "")).isEqualTo(name);
    assertThat(line.getInt("status")).isEqualTo(status);
    assertThat(line.getString("message", "")).startsWith(message);
  }

  private static Path auditLog() {
    return HUB.dataDirectory().resolve("audit.log");
  }

  /** Lines are written a moment after the answer. */
  private static List<JsonObject> auditLines(String lastName) throws IOException {
    return Await.value(
        "a line about " + lastName,
        TokensIT::auditLines,
        lines ->
            lines.stream()
                .map(line -> line.getJsonObject("names").getString("name", ""))
                .anyMatch(lastName::equals));
  }

  /** The whole lines: the last one may be half written. */
  private static List<JsonObject> auditLines() throws IOException {
    String text = Files.readString(auditLog());
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> (JsonObject) json(line))
        .toList();
  }

  @Test
  void a_mirror_changes_nothing_whatever_the_token() throws IOException {
    Uploader nobody = new Uploader(MirrorHub.shared().uri("/"));
    Uploader guest = nobody.with("Authorization", "Bearer " + MirrorHub.GUEST_TOKEN);
    for (Uploader client : List.of(nobody, guest, nobody.with("Authorization", "bearer x"))) {
      HttpResponse<String> answer = client.put("/api/flist/me/x.tar.gz", archive());
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"status\":\"error\",\"message\":\"readonly mode\"}\n");
    }
    assertThat(username(guest)).isEqualTo("guest");
    assertThat(nobody.get("/api/tokens").statusCode()).isEqualTo(401);
    assertThat(nobody.get("/api/flist/guest").statusCode()).isEqualTo(404);
  }

  @Test
  void a_hub_without_authentication_refuses_changes_from_other_sites() throws IOException {
    Uploader everyone = new Uploader(RunningHub.shared().uri("/"));
    byte[] archive = archive();

    for (String[] foreign :
        new String[][] {{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}}) {
      HttpResponse<String> answer =
          everyone.with(foreign[0], foreign[1]).put("/api/flist/me/foreign.tar.gz", archive);
      assertThat(answer.statusCode()).as(foreign[0]).isEqualTo(403);
    }
    assertThat(everyone.get("/api/flist/Administrator/foreign/light").statusCode()).isEqualTo(404);
    assertThat(username(everyone.with("Origin", "https://evil.example")))
        .isEqualTo("Administrator");
  }

  private static Uploader signedIn(String user) throws IOException {
    HttpResponse<String> answer =
        ANONYMOUS
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user);
    return with(payload(answer).asJsonObject().getString("token"));
  }

  private static Uploader with(String token) {
    return ANONYMOUS.with("Authorization", "bearer " + token);
  }

  private static HttpResponse<String> post(Uploader client, String body) throws IOException {
    return client.with("Content-Type", "application/json").postText("/api/tokens", body);
  }

  private static JsonObject make(Uploader client, String body) throws IOException {
    return payload(post(client, body)).asJsonObject();
  }

  private static JsonObject listed(Uploader client, String id) throws IOException {
    JsonArray tokens = payload(client.get("/api/tokens")).asJsonArray();
    Optional<JsonObject> token =
        tokens.getValuesAs(JsonObject.class).stream()
            .filter(listed -> listed.getString("id").equals(id))
            .findFirst();
    return token.orElseThrow();
  }

  private static int revoke(Uploader client, String id) throws IOException {
    return client.send("DELETE", "/api/tokens/" + id).statusCode();
  }

  private static String username(Uploader client) throws IOException {
    return payload(client.get("/api/flist/me")).asJsonObject().getString("username");
  }

  private static JsonValue payload(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ((JsonObject) json(answer.body())).get("payload");
  }

  private static JwtClaims claims(String issuer) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setIssuedAt(NumericDate.now());
    claims.setExpirationTimeMinutesInTheFuture(10);
    return claims;
  }

  private static String signed(JwtClaims claims, String algorithm, KeyPair with) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setPayload(claims.toJson());
    signature.setKey(with.getPrivate());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] archive() throws IOException {
    return Files.readAllBytes(VECTORS.resolve("samples/sample-small.tar.gz"));
  }
}
