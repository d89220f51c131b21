package tf.grid.hub.it.api;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.it.accounts.AccountsHub;

/** Changes by name on a hub with authentication, by several users, in every accepted way. */
class ChangesIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final int USERS = 32;
  private static final int UPLOADS = 50;
  private static final int BUSY = 429;

  private static Uploader anonymous;
  private static Uploader alice;
  private static byte[] small;

  @BeforeAll
  static void start() throws IOException {
    anonymous = new Uploader(AccountsHub.shared().uri("/"));
    alice = signedIn("alice.3bot");
    small = Files.readAllBytes(SAMPLES.resolve("sample-small.tar.gz"));
  }

  @Test
  void each_change_answers_to_its_method_and_to_get_with_or_without_a_slash_at_the_end()
      throws IOException {
    Uploader bob = signedIn("bob.3bot");
    publish(bob, "tool");
    publish(alice, "app");
    for (String ending : List.of("", "/")) {
      for (String way : List.of("GET", "PUT")) {
        good(alice, way, "app/link/latest" + ending);
        good(alice, way, "theirs/crosslink/bob.3bot/tool" + ending);
        good(alice, way, "v1/tool/tag/bob.3bot/tool" + ending);
        good(alice, way, "stable/crosstag/alice.3bot/v1" + ending);
        good(alice, "DELETE", "stable/crosstag/alice.3bot/v1" + ending);
        good(alice, "DELETE", "v1/tool/tag/bob.3bot/tool" + ending);
      }
      for (String way : List.of("GET", "POST")) {
        good(alice, way, "promote/bob.3bot/tool/copy" + ending);
        good(alice, way, "copy/rename/renamed" + ending);
        good(alice, "DELETE", "renamed" + ending);
      }
    }
    assertThat(names("alice.3bot")).contains("latest.flist", "theirs.flist");
  }

  @Test
  void the_listing_shows_each_change_at_once() throws IOException {
    Uploader carol = signedIn("carol.3bot");
    publish(carol, "app");
    assertThat(names("carol.3bot")).containsExactly("app.flist");
    good(carol, "PUT", "app/link/latest");
    assertThat(names("carol.3bot")).containsExactly("app.flist", "latest.flist");
    good(carol, "PUT", "v1/app/tag/carol.3bot/app");
    assertThat(names("carol.3bot")).containsExactly("v1", "app.flist", "latest.flist");
    good(carol, "POST", "app/rename/renamed");
    assertThat(names("carol.3bot")).containsExactly("v1", "latest.flist", "renamed.flist");
    good(carol, "DELETE", "v1/app/tag/carol.3bot/app");
    good(carol, "DELETE", "latest");
    assertThat(names("carol.3bot")).containsExactly("renamed.flist");
  }

  @Test
  void an_answer_names_the_links_that_a_change_breaks() throws IOException {
    Uploader dave = signedIn("dave.3bot");
    publish(dave, "app");
    good(dave, "PUT", "app/link/latest");
    good(alice, "PUT", "daves/crosslink/dave.3bot/latest");

    assertThat(dave.send("DELETE", "/api/flist/me/app").body())
        .isEqualTo(
            "{\"status\":\"success\",\"broken\":[\"alice.3bot/daves.flist\","
                + "\"dave.3bot/latest.flist\"]}\n");
    assertThat(anonymous.get("/api/flist/dave.3bot/latest/light").body())
        .isEqualTo("{\"status\":\"error\",\"message\":\"source not found\"}\n");
    good(alice, "DELETE", "daves");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE app",
        "PUT app",
        "GET app/link/x",
        "PUT x/crosslink/alice.3bot/app",
        "GET app/rename/x",
        "POST promote/alice.3bot/app/x",
        "GET v/x/tag/alice.3bot/app",
        "DELETE v/x/tag/alice.3bot/app",
        "PUT x/crosstag/alice.3bot/v",
        "DELETE x/crosstag/alice.3bot/v",
        "DELETE merge",
        "PUT image"
      })
  void nobody_changes_anything_without_a_token(String request) throws IOException {
    String[] words = request.split(" ", 2);

    HttpResponse<String> answer = anonymous.send(words[0], "/api/flist/me/" + words[1]);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("no authorization provided");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload", "upload-flist", "docker", "image", "merge"})
  void an_action_by_post_is_a_flist_by_every_other_method(String word) throws IOException {
    String path = "/api/flist/me/" + word;
    assertThat(alice.get(path).statusCode()).isEqualTo(404);
    assertThat(alice.send("DELETE", path).statusCode()).isEqualTo(404);

    assertThat(alice.put(path, small).statusCode()).isEqualTo(200);

    assertThat(alice.get(path).body()).contains("/hello.txt");
    assertThat(names("alice.3bot")).contains(word + ".flist");
    assertThat(alice.send("DELETE", path + "/").statusCode()).isEqualTo(200);
    assertThat(alice.get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/flist, GET HEAD OPTIONS",
    "/api/flist/me/app, DELETE GET HEAD OPTIONS PUT",
    "/api/flist/me/app/link/x, GET HEAD OPTIONS PUT",
    "/api/flist/me/app/rename/x/, GET HEAD OPTIONS POST",
    "/api/flist/me/v/x/tag/a/b, DELETE GET HEAD OPTIONS PUT",
    "/api/flist/alice.3bot/app, GET HEAD INFO OPTIONS",
    "/api/flist/me/upload, DELETE GET HEAD OPTIONS POST PUT",
    "/alice.3bot/app.flist, GET HEAD OPTIONS",
    "/alice.3bot/app.flist.md5, GET HEAD OPTIONS",
    "/alice.3bot, GET HEAD OPTIONS POST",
  })
  void a_preflight_tells_the_methods_that_are_there(String path, String methods)
      throws IOException {
    HttpResponse<String> answer =
        anonymous
            .with("Origin", "https://elsewhere.example")
            .with("Access-Control-Request-Method", "DELETE")
            .send("OPTIONS", path);

    assertThat(answer.statusCode()).isEqualTo(200);
    for (String header : List.of("Allow", "Access-Control-Allow-Methods")) {
      String list = answer.headers().firstValue(header).orElseThrow();
      assertThat(new TreeSet<>(Set.of(list.split(", ?"))))
          .as(header)
          .isEqualTo(new TreeSet<>(Set.of(methods.split(" "))));
    }
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/alice.3bot/app.flist", "/alice.3bot/app.flist.md5", "/alice.3bot"})
  void a_page_or_download_by_a_wrong_method_is_405_in_plain_words(String path) throws IOException {
    for (String method : List.of("PATCH", "INFO", "DELETE", "PUT")) {
      HttpResponse<String> answer = anonymous.send(method, path);

      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET, HEAD");
      assertThat(answer.body()).isEqualTo("error: method not allowed\n");
    }
  }

  /** Uploads over the limit of uploads at once are asked to come again, which scripts do. */
  @Test
  void uploads_of_many_users_under_one_name_all_land_with_their_owners() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(USERS);
    List<Future<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      String user = "user%02d.3bot".formatted(i);
      byte[] archive =
          Files.readAllBytes(
              SAMPLES.resolve(i % 2 == 0 ? "merge-c.tar.gz" : "sample-small.tar.gz"));
      counts.add(threads.submit(() -> uploadOften(signedIn(user), archive)));
    }
    int landed = 0;
    for (Future<Integer> count : counts) {
      landed += count.get();
    }
    threads.shutdown();

    assertThat(landed).isEqualTo(USERS * UPLOADS);
    for (int i = 0; i < USERS; i++) {
      String user = "user%02d.3bot".formatted(i);
      assertThat(names(user)).containsExactly("same.flist");
      String contents = anonymous.get("/api/flist/" + user + "/same").body();
      assertThat(contents.contains("/hello.txt")).as(user).isEqualTo(i % 2 != 0);
    }
  }

  private static int uploadOften(Uploader user, byte[] archive) throws Exception {
    int landed = 0;
    while (landed < UPLOADS) {
      HttpResponse<String> answer = user.upload("same.tar.gz", archive);
      if (answer.statusCode() == BUSY) {
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        landed++;
      }
    }
    return landed;
  }

  private static Uploader signedIn(String user) throws IOException {
    HttpResponse<String> answer =
        anonymous
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=" + user);
    JsonObject token = ((JsonObject) json(answer.body())).getJsonObject("payload");
    return anonymous.with("Authorization", "bearer " + token.getString("token"));
  }

  private static void publish(Uploader user, String name) throws IOException {
    assertThat(user.put("/api/flist/me/" + name, small).statusCode()).isEqualTo(200);
  }

  private static void good(Uploader user, String method, String path) throws IOException {
    HttpResponse<String> answer = user.send(method, "/api/flist/me/" + path);
    assertThat(answer.statusCode()).as(method + " " + path + " " + answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"status\":\"success\"").endsWith("}\n");
  }

  private static List<String> names(String repository) {
    try {
      return json(anonymous.get("/api/flist/" + repository).body()).asJsonArray().stream()
          .map(entry -> entry.asJsonObject().getString("name"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
