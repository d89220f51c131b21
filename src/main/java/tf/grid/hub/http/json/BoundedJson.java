package tf.grid.hub.http.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.util.Map;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;

/** Parses untrusted JSON: a single value of limited length without trailing data. */
public final class BoundedJson {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private BoundedJson() {}

  /**
   * Parses an object.
   *
   * @throws MalformedBodyException if it is anything else
   */
  public static JsonObject object(byte[] json) throws MalformedBodyException {
    return read(json, JsonObject.class);
  }

  /**
   * Parses an array.
   *
   * @throws MalformedBodyException if it is anything else
   */
  public static JsonArray array(byte[] json) throws MalformedBodyException {
    return read(json, JsonArray.class);
  }

  private static <T extends JsonStructure> T read(byte[] json, Class<T> type)
      throws MalformedBodyException {
    JsonValue value;
    try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(json))) {
      parser.next();
      value = parser.getValue();
      if (parser.hasNext()) {
        throw new MalformedBodyException(
            "malformed json request: it is followed by something else");
      }
    } catch (RuntimeException e) {
      // The parser throws various exceptions for excessive nesting or length.
      throw new MalformedBodyException("malformed json request", e);
    }
    if (!type.isInstance(value)) {
      String wanted = type == JsonObject.class ? "an object" : "an array";
      throw new MalformedBodyException("malformed json request: it is not " + wanted);
    }
    return type.cast(value);
  }
}
