package tf.grid.hub.catalogue.json;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tf.grid.hub.http.json.JsonBody;

/** What the earlier hub answered, and other recorded files. */
public final class RecordedAnswer {

  private RecordedAnswer() {}

  /** The body of an answer. */
  public static JsonStructure of(String name) {
    return parse(
        json("api/" + name + ".json")
            .asJsonObject()
            .getJsonObject("response")
            .getJsonObject("body")
            .getString("text"));
  }

  /** A recorded file of JSON. */
  public static JsonStructure json(String name) {
    return parse(new String(bytes(name), StandardCharsets.UTF_8));
  }

  /** A recorded file. */
  public static byte[] bytes(String name) {
    try (InputStream in = RecordedAnswer.class.getResourceAsStream("/vectors/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a body of this hub says. */
  public static JsonStructure parse(JsonBody body) {
    return parse(new String(body.plain(), StandardCharsets.UTF_8));
  }

  /** What a text says. */
  public static JsonStructure parse(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.read();
    }
  }
}
