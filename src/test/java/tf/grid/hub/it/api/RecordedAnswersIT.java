package tf.grid.hub.it.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.ComparableAnswer;
import tf.grid.hub.client.MergedContents;
import tf.grid.hub.client.RecordedExchange;
import tf.grid.hub.client.Uploader;

/**
 * What the earlier hub was asked, in the order in which it was asked, with the answers that it
 * gave: clients were written against these. Where this hub answers otherwise on purpose, {@link
 * #DIFFERENCES} says how; {@code docs/compatibility.md} says why.
 */
class RecordedAnswersIT {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  private static final Set<String> MERGED_CONTENTS = Set.of("B-208", "B-210", "B-212");

  private static final JsonPointer DIRECTORIES =
      Json.createPointer("/payload/files/response/directory");

  /** How this hub answers otherwise: a status, and a part of the body. */
  private static final Map<String, Answer> DIFFERENCES =
      Map.ofEntries(
          entry("B-037", new Answer(400, "flist name is empty")),
          entry("B-038", new Answer(400, "starts with a dot")),
          entry(
              "B-043",
              new Answer(
                  200,
                  "\"success\":true,\"error\":null,\"response\":{\"regular\":0,\"symlink\":0,"
                      + "\"directory\":0,\"special\":0,\"failure\":0,\"fullsize\":0}")),
          entry("B-046", new Answer(200, "{\"size\":12,\"path\":\"/latin1-\uFFFD.txt\"}")),
          entry("B-060", new Answer(500, "this is not a tar archive")),
          entry("B-062", new Answer(500, "the archive ends early")),
          entry("B-084", new Answer(200, "{\"backend\":{\"host\":\"127.0.0.1\",\"port\":")),
          entry("B-106", new Answer(200, "\"readme\":{\"readme\":\"# Sample flist")),
          entry("B-158", new Answer(404, "source tag not found")),
          entry("B-173", new Answer(200, "\"broken\":[\"Administrator/tags/v3/renamed.flist\"]")),
          entry("B-231", new Answer(500, "malformed source filename")),
          entry("B-234", new Answer(500, "malformed source filename")),
          entry("B-253", new Answer(400, "starts with a dot")));

  private static RunningHub hub;
  private static Uploader client;
  private static Path users;

  private record Answer(int status, String part) {}

  @BeforeAll
  static void start() throws IOException {
    hub = RunningHub.start();
    client = new Uploader(hub.uri("/"));
    users = hub.dataDirectory().resolve("public/users");
    store("good flist file\n".getBytes(US_ASCII));
  }

  /** Puts the chunk into the store that the flists among the samples consist of. */
  private static void store(byte[] content) throws IOException {
    ChunkCodec codec = new ChunkCodec();
    byte[] stored = new byte[ChunkCodec.maxStoredLength(content.length)];
    ChunkKey key = codec.keyOf(content, 0, content.length);
    int length = codec.encode(content, 0, content.length, key, stored, 0);
    String id = codec.idOf(stored, 0, length).toString();
    assertThat(client.put("/api/chunks/" + id, Arrays.copyOf(stored, length)).statusCode())
        .isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @TestFactory
  Stream<DynamicTest> the_answer_is_as_recorded() throws IOException {
    return RecordedExchange.with("B").stream()
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
      JsonValue body = json(answer.body());
      JsonValue expected = expected(exchange);
      if (MERGED_CONTENTS.contains(exchange.number())) {
        assertThat(MergedContents.of(body)).isEqualTo(MergedContents.of(expected));
      } else {
        assertThat(ComparableAnswer.of(body)).isEqualTo(ComparableAnswer.of(expected));
      }
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
      case "B-024" -> delete("m0");
      case "B-173" -> change("/api/flist/me/v3/renamed/tag/Administrator/renamed");
      case "B-248" -> change("/api/flist/me/sample-small/link/wt-link");
      case "B-249" -> change("/api/flist/me/wt-cross/crosslink/other/tool");
      case "B-336" -> {
        copy("flists/sample-full.flist", "Administrator/web-full.flist");
        awaitListed("Administrator/web-full.flist");
      }
      case "B-342" -> {
        for (String name : List.of("already", "tool-1.0")) {
          delete(name);
        }
        for (String name : List.of("bad", "bad-nodb", "stolen", "webgood", "web-bad")) {
          copy("samples/good.flist", "Administrator/" + name + ".flist");
        }
        copy("samples/good.flist", "Administrator/web-merged.flist");
        awaitListed("Administrator/web-merged.flist");
      }
      default -> {}
    }
  }

  private static void delete(String name) throws IOException {
    assertThat(client.send("DELETE", "/api/flist/me/" + name).statusCode()).isEqualTo(200);
  }

  private static void change(String path) throws IOException {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** What is changed by hand is not seen at once. */
  private static void awaitListed(String entry) throws IOException {
    Await.until(
        entry + " is listed", () -> client.get("/api/flist").body().contains('"' + entry + '"'));
  }

  private static void copy(String vector, String name) throws IOException {
    Path target = users.resolve(name);
    Files.createDirectories(target.getParent());
    Files.copy(VECTORS.resolve(vector), target);
  }
}
