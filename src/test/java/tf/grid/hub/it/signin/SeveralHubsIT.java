package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.store.redis.RedisServer;

/** Users of two hubs that share a database, whose requests may reach either hub. */
@NeedsPrograms({"redis-server", PostgresqlServer.PROGRAM})
class SeveralHubsIT {

  @TempDir static Path directory;
  private static RedisServer redis;
  private static PostgresqlServer database;
  private static RunningHub firstHub;
  private static RunningHub secondHub;
  private static Uploader first;
  private static Uploader second;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisServer.start(directory);
    database = PostgresqlServer.start();
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
        Map.entry("HUB_PUBLIC_URL", "http://localhost"),
        Map.entry("HUB_AUTH_ENABLED", "true"),
        Map.entry("HUB_AUTH_DEV_LOGIN", "true"),
        Map.entry("HUB_AUTH_ADMINISTRATORS", "root"));
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable part : new AutoCloseable[] {firstHub, secondHub, database, redis}) {
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

  @Test
  void a_token_of_another_installation_is_refused() throws Exception {
    try (RunningHub stranger = RunningHub.start(settings(database.newDatabase()))) {
      JsonObject foreign = token(new Uploader(stranger.uri("/")), "alice");
      assertThat(with(first, foreign).get("/api/tokens").statusCode()).isEqualTo(401);
      assertThat(with(first, foreign).get("/api/tokens").body()).contains("invalid token");
    }
  }

  @Test
  void without_the_database_only_requests_without_a_token_are_answered() throws IOException {
    Uploader alice = with(first, token(first, "alice"));
    assertThat(alice.get("/api/tokens").statusCode()).isEqualTo(200);
    database.stop();
    try {
      Await.until("tokens cannot be checked", () -> alice.get("/api/tokens").statusCode() != 200);
      HttpResponse<String> refused = alice.get("/api/tokens");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("cannot be checked at the moment");
      assertThat(first.get("/api/flist").statusCode()).isEqualTo(200);
      assertThat(alice.get("/api/flist").statusCode()).isEqualTo(200);
    } finally {
      database.restart();
    }
    Await.until("the token is good again", () -> alice.get("/api/tokens").statusCode() == 200);
  }
}
