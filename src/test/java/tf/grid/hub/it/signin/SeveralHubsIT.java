package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;
import static tf.grid.hub.it.signin.Browser.location;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.client.EventListener;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.Uploader.Form;
import tf.grid.hub.it.OpenIdServer;
import tf.grid.hub.store.redis.RedisServer;

/** Users of two hubs that share a database, whose requests may reach either hub. */
@NeedsPrograms({"redis-server", PostgresqlServer.PROGRAM})
class SeveralHubsIT {

  @TempDir static Path directory;
  private static RedisServer redis;
  private static PostgresqlServer database;
  private static OpenIdServer provider;

  /** A registry that never answers. */
  private static ServerSocket silent;

  private static RunningHub firstHub;
  private static RunningHub secondHub;
  private static Uploader first;
  private static Uploader second;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisServer.start(directory);
    database = PostgresqlServer.start();
    provider = OpenIdServer.start();
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    String name = database.newDatabase();
    firstHub = RunningHub.start(settings(name));
    secondHub = RunningHub.start(settings(name));
    first = new Uploader(firstHub.uri("/"));
    second = new Uploader(secondHub.uri("/"));
  }

  private static Map<String, String> settings(String name) {
    return Map.ofEntries(
        Map.entry("HUB_CATALOGUE", "postgresql"),
        Map.entry("HUB_DATABASE_URL", database.url(name)),
        Map.entry("HUB_DATABASE_USER", PostgresqlServer.USER),
        Map.entry("HUB_STORE", "redis"),
        Map.entry("HUB_STORE_HOST", "127.0.0.1"),
        Map.entry("HUB_STORE_PORT", Integer.toString(redis.port())),
        Map.entry("HUB_GATEWAY_ENABLED", "false"),
        Map.entry("HUB_IMAGE_INSECURE_REGISTRIES", registry()),
        Map.entry("HUB_PUBLIC_URL", "http://localhost"),
        Map.entry("HUB_AUTH_ENABLED", "true"),
        Map.entry("HUB_AUTH_DEV_LOGIN", "true"),
        Map.entry("HUB_AUTH_OIDC_ISSUER", provider.issuer().toString()),
        Map.entry("HUB_AUTH_OIDC_CLIENT_ID", OpenIdServer.CLIENT),
        Map.entry("HUB_AUTH_ADMINISTRATORS", "root"));
  }

  private static String registry() {
    return "127.0.0.1:" + silent.getLocalPort();
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable part :
        new AutoCloseable[] {firstHub, secondHub, provider, silent, database, redis}) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static JsonObject token(Uploader hub, String user) throws IOException {
    HttpResponse<String> made =
        hub.with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return json(made.body()).asJsonObject().getJsonObject("payload");
  }

  private static Uploader with(Uploader hub, JsonObject token) {
    return hub.with("Authorization", "bearer " + token.getString("token"));
  }

  @Test
  void a_token_of_one_hub_works_at_the_other_until_it_is_revoked_at_either() throws IOException {
    for (Uploader[] hubs : new Uploader[][] {{first, second}, {second, first}}) {
      JsonObject token = token(hubs[0], "alice");
      Uploader other = with(hubs[1], token);
      assertThat(other.get("/api/tokens").body()).contains(token.getString("id"));

      HttpResponse<String> revoked =
          with(hubs[0], token).send("DELETE", "/api/tokens/" + token.getString("id"));
      assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
      assertThat(with(hubs[0], token).get("/api/tokens").statusCode()).isEqualTo(401);
      Await.until("the other refuses it", () -> other.get("/api/tokens").statusCode() == 401);
    }
  }

  @Test
  void an_administrator_locks_an_account_out_of_all_hubs() throws IOException {
    JsonObject stolen = token(first, "mallory");
    Uploader root = with(second, token(second, "root"));
    assertThat(with(second, stolen).get("/api/tokens").statusCode()).isEqualTo(200);
    assertThat(root.send("DELETE", "/api/admin/accounts/mallory/tokens").statusCode())
        .isEqualTo(200);
    for (Uploader hub : new Uploader[] {first, second}) {
      Await.until("it is refused", () -> with(hub, stolen).get("/api/tokens").statusCode() == 401);
    }
  }

  /** Both hubs, and again the first, so that each is asked what the other has done. */
  private static void alternate(Browser browser, boolean atFirst) {
    browser.moveTo((atFirst ? firstHub : secondHub).uri(""));
  }

  private static Browser signedIn(String user) throws IOException {
    Browser browser = new Browser(firstHub.uri(""));
    HttpResponse<String> page = browser.get("/login-method");
    alternate(browser, false);
    HttpResponse<String> answer = browser.submit(page, "trial", Map.of("trial:name", user));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return browser;
  }

  @Test
  void each_request_of_a_browser_may_reach_another_hub() throws IOException {
    Browser browser = signedIn("carol");
    alternate(browser, true);
    HttpResponse<String> tokens = browser.get("/token");
    assertThat(tokens.body()).contains("carol", "New token");

    alternate(browser, false);
    HttpResponse<String> made =
        browser.submit(
            tokens, "new", Map.of("new:label", "shared", "new:scopes", "read", "new:days", "7"));
    Matcher text = Pattern.compile("id=\"made\">([^<]+)<").matcher(made.body());
    assertThat(text.find()).as(made.body()).isTrue();
    Uploader atFirst = first.with("Authorization", "bearer " + text.group(1));
    Uploader atSecond = second.with("Authorization", "bearer " + text.group(1));
    assertThat(atFirst.get("/api/flist/me").statusCode()).isEqualTo(200);
    assertThat(atSecond.get("/api/flist/me").statusCode()).isEqualTo(200);

    alternate(browser, true);
    HttpResponse<String> list = browser.get("/token");
    Matcher id = Pattern.compile("name=\"list:revoke\" value=\"([^\"]+)\"").matcher(list.body());
    assertThat(id.find()).as(list.body()).isTrue();
    alternate(browser, false);
    HttpResponse<String> revoked = browser.submit(list, "list", Map.of("list:revoke", id.group(1)));
    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(atSecond.get("/api/flist/me").statusCode()).isEqualTo(401);
    Await.until("the first hub refuses it", () -> atFirst.get("/api/flist/me").statusCode() == 401);
  }

  @Test
  void a_sign_in_that_one_hub_has_begun_ends_once_and_at_the_other() throws IOException {
    Browser browser = new Browser(firstHub.uri(""));
    HttpResponse<String> away = browser.get("/login-oidc?to=%2Ftoken");
    String there = location(away).orElseThrow();
    browser.get(there);
    HttpResponse<String> back =
        browser.post(
            there,
            Map.of("username", "subject", "claims", "{\"preferred_username\": \"heidi\"}"),
            Map.of());
    String address = location(back).orElseThrow().replaceFirst("^http://localhost", "");
    String copied = browser.cookie("hub-sign-in").orElseThrow();

    alternate(browser, false);
    HttpResponse<String> in = browser.get(address);
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    assertThat(location(in)).hasValue("/token");
    alternate(browser, true);
    assertThat(browser.get("/token").body()).contains("heidi");

    Browser thief = new Browser(firstHub.uri(""));
    thief.setCookie("hub-sign-in", copied);
    assertThat(thief.get(address).statusCode()).isEqualTo(403);
    assertThat(thief.get("/logout").body()).contains("You are not signed in");
  }

  @Test
  void who_signs_out_at_one_hub_is_signed_out_at_the_other_even_with_a_copied_cookie()
      throws IOException {
    Browser browser = signedIn("dave");
    Browser thief = new Browser(firstHub.uri(""));
    thief.setCookie("hub-session", browser.cookie("hub-session").orElseThrow());
    assertThat(thief.get("/logout").body()).contains("dave");
    alternate(browser, true);
    HttpResponse<String> page = browser.get("/logout");
    assertThat(page.body()).contains("dave");
    alternate(browser, false);
    assertThat(browser.submit(page, "end", Map.of()).statusCode()).isEqualTo(303);

    alternate(browser, true);
    assertThat(browser.get("/logout").body()).contains("You are not signed in");
    Await.until(
        "the copy is worth nothing",
        () -> thief.get("/logout").body().contains("You are not signed in"));
  }

  @Test
  void a_form_of_one_session_is_not_that_of_another_at_either_hub() throws IOException {
    Browser mallory = signedIn("mallory");
    HttpResponse<String> foreign = mallory.get("/logout");
    Browser browser = signedIn("erin");
    for (boolean atFirst : new boolean[] {true, false}) {
      alternate(browser, atFirst);
      HttpResponse<String> answer = browser.submit(foreign, "end", Map.of());
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(browser.get("/logout").body()).contains("erin");
    }
  }

  @Test
  void an_administrator_ends_the_sessions_of_an_account_at_all_hubs() throws IOException {
    Browser frank = signedIn("frank");
    alternate(frank, true);
    assertThat(frank.get("/logout").body()).contains("frank");
    Uploader root = with(second, token(second, "root"));
    assertThat(root.send("DELETE", "/api/admin/accounts/frank/tokens").statusCode()).isEqualTo(200);
    Await.until(
        "nobody is signed in", () -> frank.get("/logout").body().contains("You are not signed in"));
  }

  @Test
  void keys_that_are_made_up_are_those_of_nobody() throws IOException {
    Browser browser = new Browser(firstHub.uri(""));
    for (String key : new String[] {"A".repeat(43), "x", "../" + "A".repeat(40)}) {
      browser.setCookie("hub-session", key);
      assertThat(browser.get("/logout").body()).contains("You are not signed in");
    }
  }

  @Test
  void a_job_of_one_hub_is_listed_followed_and_cancelled_at_the_other() throws IOException {
    Browser browser = signedIn("olga");
    JsonObject token = token(first, "olga");
    HttpResponse<String> begun =
        with(first, token)
            .post(
                "/api/flist/me/docker",
                new Form().field("image", registry() + "/olga:1").field("background", "true"));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    String job = json(begun.body()).asJsonObject().getString("jobid");

    try (EventListener events = new EventListener(secondHub.uri("/listen/" + job), 0)) {
      assertThat(events.next().data().getString("message")).contains("olga:1");
      alternate(browser, false);
      assertThat(browser.get("/docker-convert").body()).contains(job, "olga:1");
      assertThat(second.get("/api/jobs/" + job).body()).contains("olga:1");
      assertThat(with(second, token(second, "peggy")).send("DELETE", "/api/jobs/" + job))
          .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(404));

      HttpResponse<String> cancelled = with(second, token).send("DELETE", "/api/jobs/" + job);
      assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
      assertThat(events.last().data().getString("message")).isEqualTo("cancelled");
    }
    assertThat(first.get("/api/jobs/" + job).body()).contains("cancelled");
    assertThat(browser.get("/docker-convert").body()).contains("olga:1: cancelled");
  }

  @Test
  void the_form_of_a_job_may_reach_another_hub_than_the_one_that_opened_it() throws IOException {
    Browser browser = signedIn("rupert");
    String page = browser.get("/upload").body();
    String formToken = Browser.fields(Browser.form(page, "upload")).get("form-token");
    String cookie = "hub-session=" + browser.cookie("hub-session").orElseThrow();
    Uploader atFirst = first.with("Cookie", cookie).with("X-Form-Token", formToken);
    Uploader atSecond = second.with("Cookie", cookie).with("X-Form-Token", formToken);
    byte[] archive = new TarBytes().file("motd", "Welcome to either hub\n").gzip();

    String opened = atFirst.send("POST", "/upload?job=new").body();
    String job = json(opened).asJsonObject().getString("jobid");
    try (EventListener events = new EventListener(firstHub.uri("/listen/" + job), 0)) {
      assertThat(events.next().data().getString("message")).contains("waiting");
      HttpResponse<String> sent =
          atSecond.post("/upload?job=" + job, new Form().file("file", "either.tar.gz", archive));
      assertThat(sent.body()).contains("success", job);
      JsonObject last = events.last().data();
      assertThat(last.getString("status")).as(last.toString()).isEqualTo("info");
      assertThat(last.getJsonObject("info").getString("repository")).isEqualTo("rupert");
    }
    HttpResponse<String> again =
        atFirst.post("/upload?job=" + job, new Form().file("file", "again.tar.gz", archive));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(409);
  }

  @Test
  void a_token_of_another_installation_is_refused() throws Exception {
    try (RunningHub otherInstallation = RunningHub.start(settings(database.newDatabase()))) {
      JsonObject foreign = token(new Uploader(otherInstallation.uri("/")), "alice");
      assertThat(with(first, foreign).get("/api/tokens").statusCode()).isEqualTo(401);
      assertThat(with(first, foreign).get("/api/tokens").body()).contains("invalid token");
    }
  }

  @Test
  void without_the_database_only_requests_without_a_token_are_answered() throws IOException {
    Uploader alice = with(first, token(first, "alice"));
    assertThat(alice.get("/api/tokens").statusCode()).isEqualTo(200);
    Browser grace = signedIn("grace");
    HttpResponse<String> signOut = grace.get("/logout");
    database.stop();
    try {
      // A token that was checked just before is good for a moment, but the list of tokens is not.
      Await.until(
          "tokens cannot be checked",
          () -> alice.get("/api/tokens").body().contains("cannot be checked at the moment"));
      HttpResponse<String> refused = alice.get("/api/tokens");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      for (String job : new String[] {"/api/jobs/" + "0".repeat(32), "/listen/" + "0".repeat(32)}) {
        assertThat(first.get(job).statusCode()).isEqualTo(503);
        assertThat(first.get(job).headers().firstValue("Retry-After")).isPresent();
      }
      assertThat(first.get("/api/flist").statusCode()).isEqualTo(200);
      assertThat(alice.get("/api/flist").statusCode()).isEqualTo(200);

      HttpResponse<String> page = grace.get("/token");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(503);
      assertThat(page.headers().firstValue("Retry-After")).isPresent();
      assertThat(grace.submit(signOut, "end", Map.of()).statusCode()).isEqualTo(503);
      assertThat(grace.get("/").statusCode()).isEqualTo(200);
    } finally {
      database.restart();
    }
    Await.until("the token is good again", () -> alice.get("/api/tokens").statusCode() == 200);
    Await.until("so is the session", () -> grace.get("/token").statusCode() == 200);
  }
}
