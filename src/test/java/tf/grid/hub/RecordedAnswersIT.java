package tf.grid.hub;

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

  /** Later ones rest on changes that have their own tests. */
  private static final String LAST = "B-164";

  private static final JsonPointer DIRECTORIES =
      Json.createPointer("/payload/files/response/directory");

  /** How this hub answers otherwise: a status, and a part of the body. */
  private static final Map<String, Answer> DIFFERENCES =
      Map.of(
          "B-026", new Answer(500, "control character"),
          "B-037", new Answer(400, "flist name is empty"),
          "B-038", new Answer(400, "starts with a dot"),
          "B-043",
              new Answer(
                  200,
                  "\"success\":true,\"error\":null,\"response\":{\"regular\":0,\"symlink\":0,"
                      + "\"directory\":0,\"special\":0,\"failure\":0,\"fullsize\":0}"),
          "B-046", new Answer(200, "{\"size\":12,\"path\":\"/latin1-\uFFFD.txt\"}"),
          "B-060", new Answer(500, "the archive ends early"),
          "B-062", new Answer(500, "control character"),
          "B-106", new Answer(200, "\"readme\":{\"readme\":\"# Sample flist"));

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
        .filter(exchange -> exchange.number().compareTo(LAST) <= 0)
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

  /** What other requests did between the recorded ones. */
  private static void prepare(String number) throws Exception {
    switch (number) {
      case "B-084" -> {
        copy("samples/good.flist", "other/tool.flist");
        for (String name : List.of("good", "custom-good", "custom-good2", "good-md")) {
          copy("samples/good.flist", "Administrator/" + name + ".flist");
        }
        copy("samples/good-nobackend.flist", "Administrator/good-nobackend.flist");
        copy("samples/good-uncompressed-tar.flist", "Administrator/good-uncompressed-tar.flist");
        copy("flists/sample-full.flist", "Administrator/sample-full.flist");
        awaitListed("Administrator/sample-full.flist");
      }
      case "B-130" -> {
        link("Administrator/latest.flist", "sample-full.flist");
        link("Administrator/latest2.flist", "sample-small.flist");
        link("Administrator/latest3.flist", "latest.flist");
        link("Administrator/xtool.flist", "../other/tool.flist");
        link("Administrator/.tag-v1/mytool.flist", "../../Administrator/sample-full.flist");
        link("Administrator/.tag-v1/small.flist", "../../Administrator/sample-small.flist");
        link("Administrator/.tag-v2/mytool.flist", "../../other/tool.flist");
        awaitListed("Administrator/.tag-v2");
      }
      case "B-160" -> link("Administrator/stable", "../Administrator/.tag-v2");
      default -> {}
    }
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

  private static void link(String name, String target) throws IOException {
    Path link = users.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }
}
