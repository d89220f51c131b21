package tf.grid.hub.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.FreePort;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.HalfUpload;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.it.proxies.ProxyKind;
import tf.grid.hub.it.proxies.RunningProxy;
import tf.grid.hub.store.redis.RedisServer;

/** Two hubs with one PostgreSQL for the names and one Redis for the chunks. */
@Order(1)
@NeedsPrograms({"redis-server", "haproxy", PostgresqlServer.PROGRAM})
class TwoHubsIT {
  private static final Pattern DELETED = Pattern.compile("\"deleted\":\\{\"chunks\":(\\d+)");
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
  private static final Path SMALL =
      Path.of("src/test/resources/vectors/samples/sample-small.tar.gz");

  @TempDir static Path directory;
  private static RedisServer redis;
  private static PostgresqlServer database;
  private static String name;
  private static RunningHub firstHub;
  private static RunningHub secondHub;
  private static Uploader first;
  private static Uploader second;
  private static byte[] archive;

  @BeforeAll
  static void start() throws Exception {
    archive = Files.readAllBytes(SMALL);
    redis = RedisServer.start(directory);
    database = PostgresqlServer.start();
    name = database.newDatabase();
    firstHub = RunningHub.start(settings());
    secondHub = RunningHub.start(settings());
    first = new Uploader(firstHub.uri("/"));
    second = new Uploader(secondHub.uri("/"));
  }

  private static Map<String, String> settings() {
    return Map.of(
        "HUB_CATALOGUE", "postgresql",
        "HUB_DATABASE_URL", database.url(name),
        "HUB_DATABASE_USER", PostgresqlServer.USER,
        "HUB_STORE", "redis",
        "HUB_STORE_HOST", "127.0.0.1",
        "HUB_STORE_PORT", Integer.toString(redis.port()),
        "HUB_GATEWAY_ENABLED", "false",
        "HUB_GC_GRACE", "PT1S",
        "HUB_GC_SCHEDULE", "0 0 1 1 *");
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

  @Test
  void what_one_hub_publishes_the_other_serves_with_the_same_tags() throws Exception {
    ok(first.upload("shared.tar.gz", archive));

    HttpResponse<byte[]> ofFirst = first.download("/Administrator/shared.flist");
    HttpResponse<byte[]> ofSecond = second.download("/Administrator/shared.flist");
    assertThat(ofSecond.statusCode()).isEqualTo(200);
    assertThat(ofSecond.body()).isEqualTo(ofFirst.body());
    for (String header : List.of("ETag", "Last-Modified", "Content-Length")) {
      assertThat(ofSecond.headers().firstValue(header))
          .as(header)
          .isPresent()
          .isEqualTo(ofFirst.headers().firstValue(header));
    }
    try (FlistClient flist = new FlistClient(ofSecond.body())) {
      assertThat(flist.entries()).containsKey("/hello.txt");
    }
    assertListingsBecomeEqual();
  }

  @Test
  void requests_that_alternate_between_the_hubs_build_on_each_other() throws Exception {
    for (int round = 0; round < 5; round++) {
      String flist = "alternate" + round;
      ok(first.upload(flist + ".tar.gz", archive));
      ok(second.send("PUT", "/api/flist/me/" + flist + "/link/latest" + round));
      ok(
          first.send(
              "PUT", "/api/flist/me/v" + round + "/" + flist + "/tag/Administrator/" + flist));
      ok(second.send("POST", "/api/flist/me/" + flist + "/rename/renamed" + round));
      ok(first.send("POST", "/api/flist/me/promote/Administrator/renamed" + round + "/" + flist));
      assertThat(second.download("/Administrator/latest" + round + ".flist").statusCode())
          .isEqualTo(200);
      ok(second.send("DELETE", "/api/flist/me/renamed" + round));
      assertThat(first.download("/Administrator/renamed" + round + ".flist").statusCode())
          .isEqualTo(404);
    }
    assertListingsBecomeEqual();
  }

  /** The one that {@code deployment/cluster} starts, in front of two hubs without gateways. */
  private static RunningProxy balancer(RunningHub one, RunningHub other, int port)
      throws IOException {
    String configuration = Files.readString(Path.of("deployment/cluster/haproxy.cfg"));
    for (String[] change :
        new String[][] {
          {"bind :8080", "bind 127.0.0.1:" + port},
          {"bind :9900", "bind 127.0.0.1:" + FreePort.next()},
          {"hub1:8080", "127.0.0.1:" + one.port()},
          {"hub2:8080", "127.0.0.1:" + other.port()},
          {"hub1:9900", "127.0.0.1:" + one.gatewayPort()},
          {"hub2:9900", "127.0.0.1:" + other.gatewayPort()},
        }) {
      configuration = ProxyKind.replaced(configuration, change[0], change[1]);
    }
    return RunningProxy.start(ProxyKind.HAPROXY, configuration, directory, "127.0.0.1", port);
  }

  @Test
  void readers_behind_a_balancer_do_not_notice_the_end_of_a_hub() throws Exception {
    ok(first.upload("balanced.tar.gz", archive));
    int port = FreePort.next();
    try (RunningProxy balancer = balancer(firstHub, secondHub, port)) {
      Uploader client = new Uploader(URI.create("http://" + balancer.address() + ":" + port + "/"));
      firstHub.kill();
      for (int i = 0; i < 20; i++) {
        assertThat(client.download("/Administrator/balanced.flist").statusCode()).isEqualTo(200);
      }
      ok(client.upload("balanced.tar.gz", archive));
    } finally {
      firstHub.restart();
    }
    assertListingsBecomeEqual();
  }

  @Test
  void a_hub_that_is_killed_while_it_publishes_leaves_every_flist_whole_or_absent()
      throws Exception {
    RunningHub victim = RunningHub.start(settings());
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    byte[] sent = new TarBytes().file("noise", noise).gzip();
    int middle = sent.length / 2;
    Matcher job = JOB.matcher(second.send("POST", "/upload?job=new").body());
    assertThat(job.find()).isTrue();
    List<String> acknowledged = new ArrayList<>();
    AtomicInteger begun = new AtomicInteger();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (HalfUpload unfinished =
        new HalfUpload(
            victim.port(),
            "/upload?job=" + job.group(),
            "",
            "half.tar.gz",
            Arrays.copyOf(sent, middle))) {
      Await.until(
          "the job runs",
          () -> first.get("/api/jobs/" + job.group()).body().contains("receiving half"));
      unfinished.send(Arrays.copyOfRange(sent, middle, middle + 1000));
      Uploader client = new Uploader(victim.uri("/"));
      Future<Void> uploads =
          threads.submit(
              () -> {
                while (true) {
                  String flist = "killed" + begun.get();
                  begun.incrementAndGet();
                  try {
                    ok(client.upload(flist + ".tar.gz", archive));
                  } catch (IOException killed) {
                    return null;
                  }
                  acknowledged.add(flist);
                }
              });
      Await.until("some uploads were begun", () -> begun.get() > 10);
      victim.kill();
      assertThat(Await.result(uploads)).isNull();
    } finally {
      threads.shutdownNow();
      victim.close();
    }

    byte[] whole = first.download("/Administrator/" + acknowledged.get(0) + ".flist").body();
    for (String flist : acknowledged) {
      assertThat(first.download("/Administrator/" + flist + ".flist").statusCode()).isEqualTo(200);
    }
    for (int i = 0; i < begun.get(); i++) {
      HttpResponse<byte[]> found = second.download("/Administrator/killed" + i + ".flist");
      if (found.statusCode() == 200) {
        assertThat(found.body()).hasSameSizeAs(whole);
        assertThat(second.get("/Administrator/killed" + i + ".flist.md5").statusCode())
            .isEqualTo(200);
      } else {
        assertThat(found.statusCode()).isEqualTo(404);
        assertThat(acknowledged).doesNotContain("killed" + i);
      }
    }
    ok(first.upload("after.tar.gz", archive));
    String lost =
        Await.value(
            "its job ends",
            () -> second.get("/api/jobs/" + job.group()).body(),
            state -> state.contains("\"error\""));
    assertThat(lost).contains("the hub that ran this job stopped: start it again");
    assertThat(first.get("/api/jobs/" + job.group()).body()).isEqualTo(lost);
  }

  @Test
  void while_the_database_is_down_reading_goes_on_and_changes_are_put_off() throws Exception {
    ok(first.upload("before.tar.gz", archive));
    String listing = first.get("/api/flist").body();
    assertThat(first.download("/Administrator/before.flist").statusCode()).isEqualTo(200);
    database.stop();
    try {
      HttpResponse<String> refused = first.upload("during.tar.gz", archive);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      HttpResponse<String> link = first.send("PUT", "/api/flist/me/before/link/other");
      assertThat(link.statusCode()).as(link.body()).isEqualTo(503);
      assertThat(first.get("/api/flist").body()).isEqualTo(listing);
      assertThat(first.download("/Administrator/before.flist").statusCode()).isEqualTo(200);
    } finally {
      database.restart();
    }
    Await.until(
        "changes are possible again",
        () -> first.upload("during.tar.gz", archive).statusCode() == 200);
    assertListingsBecomeEqual();
  }

  @Test
  void a_hub_with_another_database_follows_them() throws Exception {
    ok(first.upload("followed.tar.gz", archive));
    ok(first.send("PUT", "/api/flist/me/followed/link/followed-link"));
    ok(first.send("PUT", "/api/flist/me/v1/followed/tag/Administrator/followed"));
    ok(first.send("PUT", "/api/flist/me/stable/crosstag/Administrator/v1"));
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("HUB_DATABASE_URL", database.url(database.newDatabase()));
    settings.put("HUB_MIRROR_SOURCE", firstHub.uri("").toString());
    try (RunningHub follower = RunningHub.start(settings)) {
      Uploader reader = new Uploader(follower.uri("/"));
      for (String path : List.of("/api/flist", "/api/flist/Administrator/tags/v1")) {
        Await.value(path + " is copied", () -> names(reader, path), names(first, path)::equals);
      }
      assertThat(reader.download("/Administrator/followed-link.flist").body())
          .isEqualTo(first.download("/Administrator/followed.flist").body());
    }
  }

  /** A listing without times. */
  private static String names(Uploader hub, String path) throws IOException {
    return hub.get(path).body().replaceAll("\"(updated|linktime)\":\\d+", "");
  }

  @Test
  void what_only_one_hub_alone_may_do_is_refused() throws Exception {
    HttpResponse<String> snapshot = first.postText("/api/admin/snapshot", "");
    assertThat(snapshot.statusCode()).isEqualTo(501);
    assertThat(snapshot.body()).contains("back up the database");
  }

  @Test
  void collections_of_either_hub_delete_what_no_flist_of_both_needs() throws Exception {
    ok(first.upload("needed.tar.gz", archive));
    ok(second.upload("needless.tar.gz", new TarBytes().file("f", "needless").gzip()));
    ok(first.send("DELETE", "/api/flist/me/needless"));

    Await.until(
        "something was deleted", () -> collect(first).equals("1") || collect(second).equals("1"));

    HttpResponse<String> check = second.get("/api/flist/Administrator/needed/check");
    assertThat(check.body()).contains("\"missing\":0", "\"damaged\":0");
    ok(first.upload("needless.tar.gz", new TarBytes().file("f", "needless").gzip()));
  }

  /** The number of deleted chunks of the last collection of a hub, after another one. */
  private static String collect(Uploader hub) throws IOException {
    int status = hub.postText("/api/admin/gc", "").statusCode();
    assertThat(status).isIn(202, 409);
    String report =
        Await.value(
            "no collection runs",
            () -> hub.get("/api/admin/gc").body(),
            state -> state.contains("\"running\":false"));
    assertThat(report).doesNotContain("\"failure\"");
    Matcher deleted = DELETED.matcher(report);
    return deleted.find() ? deleted.group(1) : "none";
  }

  private static void assertListingsBecomeEqual() throws IOException {
    for (String path : List.of("/api/flist", "/api/flist/Administrator", "/api/repositories")) {
      Await.until(
          path + " is the same on both hubs",
          () -> {
            HttpResponse<String> one = first.get(path);
            HttpResponse<String> two = second.get(path);
            return one.statusCode() == 200
                && one.body().equals(two.body())
                && one.headers().firstValue("ETag").equals(two.headers().firstValue("ETag"));
          });
    }
  }

  private static void ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
