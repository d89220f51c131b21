package tf.grid.hub.it.browser;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/**
 * A hub that takes any name, with repositories as people have them. The tests of this package share
 * it, and it ends with the run. Threads may share it.
 */
final class ExampleHub {
  /** Whose repository has something of everything. */
  static final String USER = "alice";

  private final RunningHub hub =
      RunningHub.start(
          Map.of(
              "HUB_AUTH_ENABLED", "true",
              "HUB_AUTH_DEV_LOGIN", "true",
              "HUB_AUTH_THREEBOT_PRIVATE_KEY", Base64.getEncoder().encodeToString(new byte[32]),
              "HUB_AUTH_USERS_MAP", "team=alice,tools=alice",
              "HUB_AUTH_ADMINISTRATORS", "alice",
              "HUB_QUOTA_FLISTS", "alice=100",
              "HUB_RETENTION_RULES", "alice/nightly-*=P90D, ci-*/*=newest 10",
              "HUB_OFFICIAL_REPOSITORIES", "official"));
  private final Map<String, Uploader> users = new HashMap<>();

  private ExampleHub() {
    try {
      fill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ExampleHub shared() {
    return Shared.HUB;
  }

  /** The hub itself. */
  RunningHub hub() {
    return hub;
  }

  /** A browser that nobody has signed in with. */
  Chromium visitor() {
    return Chromium.at(hub.uri("/"));
  }

  /** A browser in which this user is signed in. */
  Chromium signedIn(String user) {
    return signedIn(user, visitor());
  }

  /** The same in this browser. */
  Chromium signedIn(String user, Chromium browser) {
    browser.open("/login-method?to=/logout");
    browser.find("#trial\\:name").sendKeys(user);
    browser.follow(browser.find("#trial [type=submit]"));
    return browser;
  }

  /** A program with a token of this user. */
  synchronized Uploader as(String user) {
    return users.computeIfAbsent(user, this::withToken);
  }

  private Uploader withToken(String user) {
    Uploader anyone = new Uploader(hub.uri("/"));
    try {
      HttpResponse<String> made =
          anyone
              .with("Content-Type", "application/x-www-form-urlencoded")
              .postText("/api/tokens", "user=" + URLEncoder.encode(user, StandardCharsets.UTF_8));
      try (JsonReader json = Json.createReader(new StringReader(made.body()))) {
        String token = json.readObject().getJsonObject("payload").getString("token");
        return anyone.with("Authorization", "bearer " + token);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill() throws IOException {
    Uploader alice = as(USER);
    done(alice.upload("web-1.2.tar.gz", ExampleArchive.web("1.2")));
    done(alice.upload("web-1.3.tar.gz", ExampleArchive.web("1.3")));
    done(alice.upload("tools.tar.gz", ExampleArchive.tools()));
    done(alice.send("GET", "/api/flist/me/web-1.3.flist/link/web.flist"));
    done(alice.send("GET", "/api/flist/me/stable/web.flist/tag/alice/web-1.2.flist"));
    done(alice.send("GET", "/api/flist/me/stable/tools.flist/tag/alice/tools.flist"));
    done(as("official").upload("base.tar.gz", ExampleArchive.tools()));
    done(as("bob").upload("notes.tar.gz", ExampleArchive.tools()));
    done(as("team").upload("build.tar.gz", ExampleArchive.tools()));
    done(alice.send("GET", "/api/flist/me/base.flist/crosslink/official/base.flist"));
    done(as("bob").send("GET", "/api/flist/me/web-stable/crosstag/alice/stable"));
  }

  /** Fails unless the hub did what it was asked for. */
  static void done(HttpResponse<String> answer) {
    if (answer.statusCode() != 200 || !answer.body().contains("\"success\"")) {
      throw new AssertionError(answer.request().uri() + ": " + answer.body());
    }
  }

  /** Started by the first test that asks, stopped when the test run's process ends. */
  private static final class Shared {
    static final ExampleHub HUB = new ExampleHub();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(HUB.hub::close, "stop the example hub"));
    }
  }
}
