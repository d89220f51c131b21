package tf.grid.hub.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One request to the earlier hub and what it answered, as recorded. Immutable. */
public final class RecordedExchange {
  private static final Path DIRECTORY = Path.of("src/test/resources/vectors/api");
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");

  private final String number;
  private final JsonObject request;
  private final JsonObject response;

  private RecordedExchange(Path file) {
    number = file.getFileName().toString().substring(0, 5);
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(file))) {
      JsonObject whole = reader.readObject();
      request = whole.getJsonObject("request");
      response = whole.getJsonObject("response");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All exchanges with one of the recorded instances, {@code A} or {@code B}, in their order. */
  public static List<RecordedExchange> with(String instance) throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(instance + "-"))
          .sorted()
          .map(RecordedExchange::new)
          .toList();
    }
  }

  /** Its number, such as {@code B-026}. */
  public String number() {
    return number;
  }

  /** Number, method and path. */
  @Override
  public String toString() {
    return number + " " + method() + " " + path();
  }

  /** Whether an archive is uploaded. */
  public boolean isUpload() {
    return request.containsKey("multipart");
  }

  /** The status that was recorded. */
  public int status() {
    return response.getInt("status");
  }

  /** The body that was recorded; empty where it was a page. */
  public Optional<JsonValue> body() {
    JsonObject body = response.getJsonObject("body");
    return body.containsKey("text") ? Optional.of(json(body.getString("text"))) : Optional.empty();
  }

  /** Sends the request again, but for its token, which is the client's to add. */
  public HttpResponse<String> replay(Uploader client) throws IOException {
    if (isUpload()) {
      return client.post(path(), form());
    }
    return request.containsKey("body")
        ? client.postText(path(), request.getJsonObject("body").getString("text"))
        : client.send(method(), path());
  }

  /** A text as JSON. */
  public static JsonValue json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }

  private String method() {
    return request.getString("method");
  }

  private String path() {
    return request.getString("path");
  }

  private Uploader.Form form() throws IOException {
    Uploader.Form form = new Uploader.Form();
    JsonObject headers = request.getJsonObject("headers");
    if (headers.containsKey("X-Original-Name")) {
      form.header("X-Original-Name", headers.getString("X-Original-Name"));
    }
    for (JsonObject part : request.getJsonArray("multipart").getValuesAs(JsonObject.class)) {
      if (part.containsKey("text")) {
        form.field(part.getString("name"), part.getString("text"));
      } else {
        Path source = Path.of(part.getString("source"));
        form.file(
            part.getString("name"),
            part.getString("filename"),
            Files.readAllBytes(SAMPLES.resolve(source.getFileName())));
      }
    }
    return form;
  }
}
