package tf.grid.hub;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tf.grid.hub.client.ComparableAnswer;
import tf.grid.hub.client.RecordedExchange;
import tf.grid.hub.client.Uploader;

/**
 * What the earlier hub was asked, in the order in which it was asked, with the answers that it
 * gave: clients were written against these. Where this hub answers otherwise on purpose, {@link
 * #DIFFERENCES} says how; {@code docs/compatibility.md} says why.
 */
class RecordedAnswersIT {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  /** What this hub does not answer yet. */
  private static final Map<String, String> NOT_REPLAYED =
      Map.ofEntries(
          entry("B-023", "merge"),
          entry("B-068", "upload-flist"),
          entry("B-069", "upload-flist"),
          entry("B-070", "upload-flist"),
          entry("B-071", "upload-flist"),
          entry("B-077", "upload-flist"),
          entry("B-082", "upload-flist"),
          entry("B-207", "merge"),
          entry("B-208", "merge"),
          entry("B-209", "merge"),
          entry("B-210", "merge"),
          entry("B-211", "merge"),
          entry("B-212", "merge"),
          entry("B-214", "merge"),
          entry("B-215", "merge"),
          entry("B-216", "merge"),
          entry("B-217", "merge"),
          entry("B-218", "merge"),
          entry("B-219", "merge"),
          entry("B-231", "merge"),
          entry("B-234", "merge"),
          entry("B-249", "upload-flist"),
          entry("B-254", "docker"));

  private static final JsonPointer DIRECTORIES =
      Json.createPointer("/payload/files/response/directory");

  /** How this hub answers otherwise: a status, and a part of the body. */
  private static final Map<String, Answer> DIFFERENCES =
      Map.ofEntries(
          entry("B-026", new Answer(500, "control character")),
          entry("B-027", new Answer(500, "control character")),
          entry("B-037", new Answer(400, "flist name is empty")),
          entry("B-038", new Answer(400, "starts with a dot")),
          entry(
              "B-043",
              new Answer(
                  200,
                  "\"success\":true,\"error\":null,\"response\":{\"regular\":0,\"symlink\":0,"
                      + "\"directory\":0,\"special\":0,\"failure\":0,\"fullsize\":0}")),
          entry("B-046", new Answer(200, "{\"size\":12,\"path\":\"/latin1-\uFFFD.txt\"}")),
          entry("B-060", new Answer(500, "the archive ends early")),
          entry("B-062", new Answer(500, "control character")),
          entry("B-106", new Answer(200, "\"readme\":{\"readme\":\"# Sample flist")),
          entry("B-158", new Answer(404, "source tag not found")),
          entry("B-173", new Answer(200, "\"broken\":[\"Administrator/tags/v3/renamed.flist\"]")),
          entry("B-253", new Answer(400, "starts with a dot")));

  private static RunningHub hub;
  private static Uploader client;
  private static Path users;

  private record Answer(int status, String part) {}

  @BeforeAll
  static void start() {
    hub = RunningHub.start();
    client = new Uploader(hub.uri("/"));
    users = hub.dataDirectory().resolve("public/users");
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @TestFactory
  Stream<DynamicTest> the_answer_is_as_recorded() throws IOException {
    return RecordedExchange.with("B").stream()
        .filter(exchange -> !NOT_REPLAYED.containsKey(exchange.number()))
        .map(exchange -> DynamicTest.dynamicTest(exchange.toString(), () -> check(exchange)));
  }

  private static void check(RecordedExchange exchange) throws Exception {
    prepare(exchange.number());
    HttpResponse<String> answer = exchange.replay(client);
    Answer other = DIFFERENCES.get(exchange.number());
    assertThat(answer.statusCode())
        .as(answer.body())
        .isEqualTo(other == null ? exchange.status() : other.status());
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    if (other != null) {
      assertThat(answer.body()).contains(other.part());
    } else if (exchange.body().isPresent()) {
      assertThat(ComparableAnswer.of(json(answer.body())))
          .isEqualTo(ComparableAnswer.of(expected(exchange)));
    }
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(((JsonObject) json(answer.body())).getString("status")).isEqualTo("error");
    }
  }

  /** The recorded body, with this hub's backend and true counts. */
  private static JsonValue expected(RecordedExchange exchange) throws IOException {
    JsonValue recorded = exchange.body().orElseThrow();
    String here = "\"port\":" + hub.gatewayPort();
    JsonValue body = json(recorded.toString().replace("\"port\":9900", here));
    if (!exchange.isUpload()) {
      return body;
    }
    JsonObject upload = (JsonObject) body;
    String name = upload.getJsonObject("payload").getString("name").replace(" ", "%20");
    String contents = client.get("/api/flist/Administrator/" + name).body();
    return DIRECTORIES.replace(upload, ((JsonObject) json(contents)).get("directory"));
  }

  /** What other requests and hands did between the recorded ones. */
  private static void prepare(String number) throws Exception {
    switch (number) {
      case "B-022" -> copy("samples/good.flist", "other/tool.flist");
      case "B-084" -> {
        for (String name : List.of("good", "custom-good", "custom-good2", "good-md")) {
          copy("samples/good.flist", "Administrator/" + name + ".flist");
        }
        copy("samples/good-nobackend.flist", "Administrator/good-nobackend.flist");
        copy("samples/good-uncompressed-tar.flist", "Administrator/good-uncompressed-tar.flist");
        copy("flists/sample-full.flist", "Administrator/sample-full.flist");
        awaitListed("Administrator/sample-full.flist");
      }
      case "B-173" -> change("/api/flist/me/v3/renamed/tag/Administrator/renamed");
      case "B-248" -> change("/api/flist/me/sample-small/link/wt-link");
      case "B-252" -> change("/api/flist/me/wt-cross/crosslink/other/tool");
      case "B-336" -> {
        copy("flists/sample-full.flist", "Administrator/web-full.flist");
        awaitListed("Administrator/web-full.flist");
      }
      case "B-342" -> {
        for (String name : List.of("already", "tool-1.0")) {
          assertThat(client.send("DELETE", "/api/flist/me/" + name).statusCode()).isEqualTo(200);
        }
        for (String name : List.of("bad", "bad-nodb", "stolen", "webgood", "web-bad")) {
          copy("samples/good.flist", "Administrator/" + name + ".flist");
        }
        for (String merged : List.of("-ab", "-abc", "-ba", "-links", "-noct", "-one", "-twice")) {
          copy("samples/good.flist", "Administrator/merged" + merged + ".flist");
        }
        copy("samples/good.flist", "Administrator/web-merged.flist");
        awaitListed("Administrator/web-merged.flist");
      }
      default -> {}
    }
  }

  private static void change(String path) throws IOException {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** What is changed by hand is not seen at once. */
  private static void awaitListed(String entry) throws IOException, InterruptedException {
    Instant limit = Instant.now().plusSeconds(20);
    while (!client.get("/api/flist").body().contains('"' + entry + '"')) {
      assertThat(Instant.now()).as("%s is never listed", entry).isBefore(limit);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static void copy(String vector, String name) throws IOException {
    Path target = users.resolve(name);
    Files.createDirectories(target.getParent());
    Files.copy(VECTORS.resolve(vector), target);
  }
}
