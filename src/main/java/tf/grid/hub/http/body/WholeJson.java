package tf.grid.hub.http.body;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.util.Map;

/** Reads JSON that strangers wrote: one value, of bounded length, and nothing behind it. */
public final class WholeJson {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private WholeJson() {}

  /**
   * Reads an object.
   *
   * @throws MalformedBody when it is anything else
   */
  public static JsonObject object(byte[] json) throws MalformedBody {
    return read(json, JsonObject.class);
  }

  /**
   * Reads an array.
   *
   * @throws MalformedBody when it is anything else
   */
  public static JsonArray array(byte[] json) throws MalformedBody {
    return read(json, JsonArray.class);
  }

  private static <T extends JsonStructure> T read(byte[] json, Class<T> type) throws MalformedBody {
    JsonValue value;
    try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(json))) {
      parser.next();
      value = parser.getValue();
      if (parser.hasNext()) {
        throw new MalformedBody("malformed json request: it is followed by something else");
      }
    } catch (RuntimeException e) {
      // Besides its own exceptions the parser throws others for what it finds too deep or too long.
      throw new MalformedBody("malformed json request", e);
    }
    if (!type.isInstance(value)) {
      String wanted = type == JsonObject.class ? "an object" : "an array";
      throw new MalformedBody("malformed json request: it is not " + wanted);
    }
    return type.cast(value);
  }
}
