package tf.grid.hub.it.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.store.ChunkSamples;
import tf.grid.hub.store.StoredChunk;

/** What bounds repositories: quotas, retention rules, and limits of changes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RepositoryLimitsIT {
  private static final byte[] SMALL = new TarBytes().file("a", "small").gzip();
  private static final byte[] LARGE = new TarBytes().file("a", "large".repeat(1_000)).gzip();

  private static RunningHub hub;
  private static Uploader anonymous;

  @BeforeAll
  static void start() {
    hub =
        RunningHub.start(
            Map.of(
                "HUB_AUTH_ENABLED", "true",
                "HUB_AUTH_DEV_LOGIN", "true",
                "HUB_AUTH_ADMINISTRATORS", "root",
                "HUB_HTTP_TRUSTED_PROXIES", "127.0.0.1",
                "HUB_QUOTA_FLISTS", "few=2",
                "HUB_QUOTA_BYTES", "na*w=4 KiB, unlimited",
                "HUB_RETENTION_RULES", "ci/build-*=newest 1",
                "HUB_LIMITS_CHANGES_PER_MINUTE", "20",
                "HUB_LIMITS_CONVERSIONS_PER_HOUR", "2"));
    anonymous = new Uploader(hub.uri("/"));
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static Uploader signedIn(String user) throws IOException {
    HttpResponse<String> answer =
        anonymous
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user);
    JsonObject token = ((JsonObject) json(answer.body())).getJsonObject("payload");
    return anonymous.with("Authorization", "bearer " + token.getString("token"));
  }

  private static void upload(Uploader client, String name, byte[] archive) throws IOException {
    HttpResponse<String> answer = client.upload(name + ".tar.gz", archive);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void refusedAsFull(HttpResponse<String> answer, String figures) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    assertThat(answer.body()).contains("nothing was published", figures, "delete flists");
  }

  private static JsonObject get(String path) throws IOException {
    return (JsonObject) json(anonymous.get(path).body());
  }

  @Test
  void no_way_leads_more_flists_into_a_repository_than_its_quota() throws IOException {
    Uploader few = signedIn("few");
    upload(few, "one", SMALL);
    upload(few, "two", SMALL);
    String figures = "few already has 2 flists, and its quota is 2";

    refusedAsFull(few.upload("three.tar.gz", SMALL), figures);
    refusedAsFull(few.put("/api/flist/me/three.tar.gz", SMALL), figures);
    refusedAsFull(few.send("POST", "/api/flist/me/promote/few/one/three"), figures);
    refusedAsFull(
        few.postText("/api/flist/me/merge/three", "[\"few/one.flist\",\"few/two.flist\"]"),
        figures);
    refusedAsFull(
        few.with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/flist/me/docker", "image=localhost:1/three"),
        figures);

    assertThat(few.send("POST", "/api/flist/me/one/rename/other").statusCode()).isEqualTo(200);
    assertThat(few.send("PUT", "/api/flist/me/two/link/latest").statusCode()).isEqualTo(200);
    upload(few, "two", LARGE);
    JsonObject usage = get("/api/repositories/few");
    assertThat(usage.getInt("flists")).isEqualTo(2);
    assertThat(usage.getInt("content-bytes")).isEqualTo(5_005);
    assertThat(usage.getJsonObject("quota")).isEqualTo(json("{\"flists\":2}"));
    assertThat(anonymous.get("/few").body()).contains("2 of at most 2 flists");
    assertThat(few.send("DELETE", "/api/flist/me/two").statusCode()).isEqualTo(200);
    upload(few, "three", SMALL);
  }

  @Test
  void no_way_leads_more_bytes_into_a_repository_than_its_quota() throws IOException {
    upload(signedIn("other"), "large", LARGE);
    Uploader narrow = signedIn("narrow");
    upload(narrow, "small", SMALL);
    String figures = "has flists with 5 bytes of content, the new one has 5000 bytes";

    refusedAsFull(narrow.upload("large.tar.gz", LARGE), figures);
    refusedAsFull(narrow.send("POST", "/api/flist/me/promote/other/large/copy"), figures);
    refusedAsFull(
        narrow.postText(
            "/api/flist/me/merge/both", "[\"other/large.flist\",\"narrow/small.flist\"]"),
        "the quota is 4096 bytes");

    assertThat(get("/api/repositories/narrow").getInt("content-bytes")).isEqualTo(5);
  }

  /** The last test, since it ends the hub. */
  @Test
  @Order(Integer.MAX_VALUE)
  void downloads_are_counted_and_remembered() throws Exception {
    Uploader popular = signedIn("popular");
    upload(popular, "app", SMALL);
    String light = anonymous.get("/api/flist/popular/app/light").body();
    assertThat(get("/api/flist/popular/app/downloads").getInt("downloads")).isZero();
    anonymous.get("/popular/app.flist");
    anonymous.get("/api/flist/popular/app/archive");
    anonymous.send("HEAD", "/popular/app.flist");
    assertThat(popular.send("POST", "/api/flist/me/app/rename/tool").statusCode()).isEqualTo(200);

    JsonObject counted = get("/api/flist/popular/tool/downloads");
    assertThat(counted.getInt("downloads")).isEqualTo(2);
    assertThat(counted.getInt("last")).isGreaterThanOrEqualTo(counted.getInt("since"));
    assertThat(anonymous.get("/popular/tool.flist.md").body()).contains("2 downloads");
    assertThat(anonymous.get("/api/flist/popular/tool/light").body())
        .isEqualTo(light.replace("app.flist", "tool.flist"));
    hub.stop();
    assertThat(hub.dataDirectory().resolve("downloads"))
        .content()
        .contains("\n2 " + counted.getInt("last") + " popular%2Ftool.flist\n")
        .contains("\n0 0 popular%2Fapp.flist\n");
  }

  @Test
  void administrators_delete_what_no_rule_keeps_and_find_it_in_the_audit_log() throws IOException {
    Uploader ci = signedIn("ci");
    for (int i = 1; i <= 3; i++) {
      upload(ci, "build-" + i, SMALL);
      Files.setLastModifiedTime(
          hub.dataDirectory().resolve("public/users/ci/build-" + i + ".flist"),
          FileTime.from(Instant.now().minusSeconds(100 - i)));
    }
    upload(ci, "release", SMALL);
    assertThat(ci.send("PUT", "/api/flist/me/build-1/link/latest").statusCode()).isEqualTo(200);
    for (String path : new String[] {"/api/admin/retention", "/api/admin/audit"}) {
      assertThat(ci.get(path).statusCode()).isEqualTo(403);
      assertThat(anonymous.get(path).statusCode()).isEqualTo(401);
    }
    Uploader root = signedIn("root");

    JsonObject dry = apply(root, "?dry-run").getJsonObject("last-dry-run");
    assertThat(dry.getInt("expired")).isEqualTo(1);
    assertThat(dry.getInt("linked")).isEqualTo(1);
    assertThat(dry.getJsonArray("list").getJsonObject(0).getString("flist"))
        .isEqualTo("ci/build-2.flist");
    assertThat(anonymous.get("/ci/build-2.flist").statusCode()).isEqualTo(200);
    // It was just downloaded, which the rule does not ask for.
    assertThat(apply(root, "").getJsonObject("last").getInt("deleted")).isEqualTo(1);

    assertThat(anonymous.get("/ci/build-2.flist").statusCode()).isEqualTo(404);
    for (String kept : new String[] {"build-1", "build-3", "release", "latest"}) {
      assertThat(anonymous.get("/ci/" + kept + ".flist").statusCode()).as(kept).isEqualTo(200);
    }
    Await.until(
        "the deletion is in the audit log",
        () ->
            root.get("/api/admin/audit?action=expire&text=build-2")
                .body()
                .contains("\"rule\":\"ci/build-*=newest 1\""));
    assertThat(root.get("/api/admin/audit?action=expire&user=ci").body()).contains("[]");
    assertThat(root.get("/api/admin/audit?limit=0").statusCode()).isEqualTo(400);
  }

  private static JsonObject apply(Uploader root, String how) throws IOException {
    assertThat(root.send("POST", "/api/admin/retention" + how).statusCode()).isEqualTo(202);
    return Await.value(
        "the rules were applied",
        () -> ((JsonObject) json(root.get("/api/admin/retention").body())).getJsonObject("payload"),
        state -> !state.getBoolean("running"));
  }

  @Test
  void an_account_with_too_many_changes_waits_but_reads_and_sends_chunks() throws IOException {
    Uploader rapid = signedIn("rapid");
    upload(rapid, "app", SMALL);
    HttpResponse<String> answer = rapid.send("DELETE", "/api/flist/me/nothing");
    assertThat(answer.headers().firstValue("RateLimit-Policy")).hasValue("\"changes\";q=20;w=60");
    assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
        .matches("\"changes\";r=1\\d;t=\\d");
    for (int i = 0; answer.statusCode() == 404 && i < 100; i++) {
      answer = rapid.send("DELETE", "/api/flist/me/nothing");
    }

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After").orElseThrow()).matches("[1-3]");
    assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
        .matches("\"changes\";r=0;t=[1-3]");
    assertThat(answer.body()).contains("too many changes from this account: 20 are possible");
    StoredChunk chunk = ChunkSamples.chunk("of a busy account".getBytes(UTF_8));
    for (int i = 0; i < 30; i++) {
      HttpResponse<String> read = rapid.get("/api/flist/rapid/app/light");
      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(read.headers().firstValue("RateLimit")).isEmpty();
      assertThat(rapid.put("/api/chunks/" + chunk.id(), ChunkSamples.bytes(chunk)).statusCode())
          .isBetween(200, 201);
    }
    upload(signedIn("slow"), "app", SMALL);
  }

  @Test
  void an_address_with_too_many_requests_waits_even_if_accounts_differ() throws IOException {
    Uploader there = anonymous.with("X-Forwarded-For", "192.0.2.9");
    HttpResponse<String> answer = there.send("DELETE", "/api/flist/me/nothing");
    for (int i = 0; answer.statusCode() == 401 && i < 300; i++) {
      answer = there.send("DELETE", "/api/flist/me/nothing");
    }
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("from this address: 80 are possible in 1 minutes");
    HttpResponse<String> form = answer;
    for (int i = 0; i == 0 || (form.statusCode() == 401 && i < 300); i++) {
      form = there.post("/upload", new Uploader.Form().file("file", "a", SMALL));
    }
    assertThat(form.statusCode()).isEqualTo(429);
    assertThat(form.headers().firstValue("RateLimit")).hasValue("\"changes\";r=0;t=1");
    assertThat(there.get("/api/flist").statusCode()).isEqualTo(200);
    assertThat(
            anonymous
                .with("X-Forwarded-For", "192.0.2.10")
                .send("DELETE", "/api/flist/me/nothing")
                .statusCode())
        .isEqualTo(401);
  }
}
