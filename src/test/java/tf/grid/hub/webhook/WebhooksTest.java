package tf.grid.hub.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueEvent.Deleted;
import tf.grid.hub.catalogue.event.CatalogueEvent.FlistPublished;
import tf.grid.hub.catalogue.event.CatalogueEvent.Linked;
import tf.grid.hub.catalogue.event.CatalogueEvent.Renamed;
import tf.grid.hub.catalogue.event.CatalogueEvent.TagChanged;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.image.net.AddressGuard;
import tf.grid.hub.image.net.AddressGuard.NameLookup;
import tf.grid.hub.image.net.GuardedHttp;

/** Receivers that are down, slow, hostile or picky. */
class WebhooksTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
  private static final BackOff QUICK =
      new BackOff(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofDays(1));

  @TempDir Path directory;
  private final HandClock clock = new HandClock(Instant.parse("2026-11-30T12:00:00Z"));
  private HookServer server;
  private GuardedHttp http;
  private Webhooks hooks;

  @BeforeEach
  void start() throws IOException {
    server = new HookServer(0);
    http = http(Set.of(server.address("").getAuthority()));
  }

  private static GuardedHttp http(Set<String> trusted) throws IOException {
    Duration patience = Duration.ofMinutes(1);
    AddressGuard guard = new AddressGuard(trusted, false, NameLookup.SYSTEM);
    return GuardedHttp.open(guard, Optional.empty(), patience, patience);
  }

  private void open(GuardedHttp client, URI... receivers) throws IOException {
    WebhookSettings settings =
        new WebhookSettings(
            directory.resolve("webhooks"),
            List.of(receivers),
            Optional.of("a secret"),
            URI.create("https://hub.example"));
    hooks = new Webhooks(settings, client, QUICK, clock);
  }

  @AfterEach
  void stop() throws IOException {
    if (hooks != null) {
      hooks.close();
    }
    http.close();
    server.close();
  }

  @Test
  void an_event_is_a_signed_cloud_event() throws Exception {
    open(http, server.address("/hook?key=1"));
    hooks.start();
    hooks.changed(new FlistPublished(ALICE, "app.flist", 12345, MD5));
    Await.until("it is delivered", () -> hooks.delivered() == 1);
    HookServer.Request request = server.requests.get(0);
    assertThat(request.path()).isEqualTo("/hook?key=1");
    assertThat(request.type()).isEqualTo("application/cloudevents+json; charset=UTF-8");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("a secret".getBytes(UTF_8), "HmacSHA256"));
    assertThat(request.signature())
        .isEqualTo(
            "sha256=" + HexFormat.of().formatHex(mac.doFinal(request.body().getBytes(UTF_8))));
    JsonObject event = json(request.body());
    assertThat(event.getString("id")).hasSize(36);
    assertThat(request.body())
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\""
                + event.getString("id")
                + "\",\"source\":\"https://hub.example\",\"type\":\"flist.published\","
                + "\"subject\":\"alice/app.flist\",\"time\":\"2026-11-30T12:00:00Z\","
                + "\"datacontenttype\":\"application/json\",\"data\":{\"repository\":\"alice\","
                + "\"name\":\"app.flist\",\"type\":\"regular\",\"size\":12345,\"md5\":\""
                + MD5
                + "\"}}");
    assertThat(files()).isZero();
  }

  @Test
  void each_kind_of_change_has_its_type_and_subject() throws Exception {
    open(http, server.address("/"));
    hooks.start();
    List<CatalogueEvent> changes =
        List.of(
            new Linked(ALICE, "latest.flist", "app.flist"),
            new Linked(ALICE, "stable", "../bob/.tag-v1"),
            new Deleted(ALICE, "old.flist"),
            new Renamed(ALICE, "a.flist", "b.flist"),
            new TagChanged(ALICE, new TagName("v1")));
    for (CatalogueEvent change : changes) {
      hooks.changed(change);
    }
    Await.until("all are delivered", () -> hooks.delivered() == changes.size());
    assertThat(server.requests)
        .extracting(request -> json(request.body()))
        .extracting(
            event -> event.getString("type") + " " + event.getString("subject"),
            event -> event.getJsonObject("data").toString())
        .containsExactly(
            tuple(
                "flist.published alice/latest.flist",
                "{\"repository\":\"alice\",\"name\":\"latest.flist\",\"type\":\"symlink\","
                    + "\"target\":\"app.flist\"}"),
            tuple(
                "flist.published alice/stable",
                "{\"repository\":\"alice\",\"name\":\"stable\",\"type\":\"taglink\","
                    + "\"target\":\"../bob/.tag-v1\"}"),
            tuple(
                "flist.deleted alice/old.flist",
                "{\"repository\":\"alice\",\"name\":\"old.flist\"}"),
            tuple(
                "flist.renamed alice/b.flist",
                "{\"repository\":\"alice\",\"name\":\"b.flist\",\"before\":\"a.flist\"}"),
            tuple("tag.changed alice/tags/v1", "{\"repository\":\"alice\",\"tag\":\"v1\"}"));
  }

  @Test
  void a_receiver_that_fails_gets_the_same_event_until_it_accepts_it() throws Exception {
    server.status = body -> server.requests.size() < 5 ? 500 : 200;
    open(http, server.address("/"));
    hooks.start();
    hooks.changed(new Deleted(ALICE, "a.flist"));
    Await.until("it is delivered", () -> hooks.delivered() == 1);
    assertThat(server.requests).hasSize(5);
    assertThat(Set.copyOf(server.requests)).hasSize(1);
    assertThat(hooks.waiting()).isZero();
  }

  @Test
  void an_event_that_is_never_accepted_does_not_hold_up_others() throws Exception {
    server.status = body -> body.contains("poison") ? 400 : 200;
    open(http, server.address("/"));
    hooks.changed(new Deleted(ALICE, "poison.flist"));
    hooks.changed(new Deleted(ALICE, "a.flist"));
    hooks.changed(new Deleted(ALICE, "b.flist"));
    hooks.start();
    Await.until("the others are delivered", () -> hooks.delivered() == 2);
    // A delivery resets the failure; the next attempt of the event that waits sets it again.
    JsonObject receiver =
        Await.value(
            "the failure is shown",
            () -> hooks.json().getJsonArray("receivers").getJsonObject(0),
            shown -> shown.containsKey("failure"));
    assertThat(receiver.getInt("waiting")).isEqualTo(1);
    assertThat(receiver.getString("failure")).isEqualTo("the receiver answers with status 400");
    assertThat(receiver.getString("receiver")).isEqualTo(server.address("").toString());
  }

  @Test
  void what_waits_survives_the_end_of_the_process_and_is_listed() throws Exception {
    server.status = body -> 503;
    open(http, server.address("/"));
    hooks.changed(new Deleted(ALICE, "a.flist"));
    hooks.changed(new Deleted(ALICE, "b.flist"));
    // As after a kill: the first one is not closed, and left an incomplete file.
    Path waiting = only(directory.resolve("webhooks"));
    Files.writeString(waiting.resolve("0000000000000000009.tmp"), "{\"spec");
    Files.writeString(waiting.resolve("0000000000000000008.json"), "{\"spec");
    clock.pass(Duration.ofMinutes(2));
    open(http, server.address("/"));
    assertThat(hooks.waiting()).isEqualTo(2);
    assertThat(hooks.delay()).isEqualTo(Duration.ofMinutes(2));
    JsonObject receiver = hooks.json().getJsonArray("receivers").getJsonObject(0);
    assertThat(receiver.getJsonArray("late").getJsonObject(0).getString("subject"))
        .isEqualTo("alice/a.flist");
    hooks.changed(new Deleted(ALICE, "c.flist"));
    server.status = body -> 200;
    hooks.start();
    Await.until("all are delivered", () -> hooks.delivered() == 3);
    assertThat(server.requests)
        .extracting(request -> json(request.body()).getString("subject"))
        .containsExactly("alice/a.flist", "alice/b.flist", "alice/c.flist");
    assertThat(files()).isZero();
  }

  @Test
  void an_event_is_given_up_after_a_day() throws Exception {
    open(http, server.address("/"));
    hooks.changed(new Deleted(ALICE, "a.flist"));
    clock.pass(Duration.ofDays(1));
    hooks.changed(new Deleted(ALICE, "b.flist"));
    clock.pass(Duration.ofSeconds(1));
    hooks.start();
    Await.until("both are done", () -> hooks.delivered() == 1 && hooks.givenUp() == 1);
    assertThat(server.requests).hasSize(1);
    assertThat(files()).isZero();
  }

  @Test
  void a_queue_is_bounded() throws Exception {
    open(http, server.address("/"));
    for (int i = 0; i < 10_002; i++) {
      hooks.changed(new Deleted(ALICE, "f" + i + ".flist"));
    }
    assertThat(hooks.waiting()).isEqualTo(10_000);
    assertThat(hooks.givenUp()).isEqualTo(2);
    assertThat(files()).isEqualTo(10_000);
    assertThat(hooks.json().getJsonArray("receivers").getJsonObject(0).getJsonArray("late"))
        .hasSize(100);
  }

  @Test
  void redirects_are_not_followed() throws Exception {
    try (HookServer inside = new HookServer(0)) {
      server.status = body -> server.requests.size() < 3 ? 307 : 200;
      server.location = inside.address("/secret").toString();
      open(http, server.address("/"));
      hooks.start();
      hooks.changed(new Deleted(ALICE, "a.flist"));
      Await.until("it is delivered", () -> hooks.delivered() == 1);
      assertThat(inside.requests).isEmpty();
      assertThat(server.requests).hasSize(3);
    }
  }

  @Test
  void private_addresses_are_not_reached() throws Exception {
    try (GuardedHttp strict = http(Set.of())) {
      open(strict, server.address("/"), URI.create("https://10.0.0.1/"));
      hooks.start();
      hooks.changed(new Deleted(ALICE, "a.flist"));
      Await.until(
          "both fail",
          () ->
              hooks.json().getJsonArray("receivers").stream()
                  .allMatch(receiver -> receiver.asJsonObject().containsKey("failure")));
      assertThat(hooks.json().toString())
          .contains("would be asked without TLS")
          .contains("is not on the public internet");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void a_receiver_that_does_not_answer_delays_nobody() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    server.status =
        body -> {
          Await.open("the test has looked", open);
          return 200;
        };
    try (HookServer other = new HookServer(0);
        GuardedHttp both =
            http(Set.of(server.address("").getAuthority(), other.address("").getAuthority()))) {
      open(both, server.address("/"), other.address("/"));
      hooks.start();
      for (int i = 0; i < 20; i++) {
        hooks.changed(new Deleted(ALICE, "f" + i + ".flist"));
      }
      Await.until("the other has all", () -> other.requests.size() == 20);
      assertThat(server.requests).hasSizeLessThanOrEqualTo(1);
      open.countDown();
      Await.until("all are delivered", () -> hooks.delivered() == 40);
    }
  }

  @Test
  void what_waits_for_others_is_deleted() throws Exception {
    open(http, server.address("/old"));
    hooks.changed(new Deleted(ALICE, "a.flist"));
    open(http, server.address("/new"));
    assertThat(files()).isZero();
    assertThat(hooks.waiting()).isZero();
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private static Path only(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.findFirst().orElseThrow();
    }
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
