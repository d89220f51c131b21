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
import tf.grid.hub.http.body.MalformedBodyException;

/** Reads JSON that strangers wrote: one value, of bounded length, and nothing behind it. */
public final class BoundedJson {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private BoundedJson() {}

  /**
   * Reads an object.
   *
   * @throws MalformedBodyException when it is anything else
   */
  public static JsonObject object(byte[] json) throws MalformedBodyException {
    return read(json, JsonObject.class);
  }

  /**
   * Reads an array.
   *
   * @throws MalformedBodyException when it is anything else
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
      // Besides its own exceptions the parser throws others for what it finds too deep or too long.
      throw new MalformedBodyException("malformed json request", e);
    }
    if (!type.isInstance(value)) {
      String wanted = type == JsonObject.class ? "an object" : "an array";
      throw new MalformedBodyException("malformed json request: it is not " + wanted);
    }
    return type.cast(value);
  }
}
