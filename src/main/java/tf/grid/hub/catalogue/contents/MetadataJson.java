package tf.grid.hub.catalogue.contents;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tf.grid.hub.catalogue.Backend;

/** Writes the metadata of a flist. */
final class MetadataJson {

  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private MetadataJson() {}

  /**
   * Writes all of it: objects and arrays as such, everything else as the text that it is.
   *
   * @param forced where clients are to look for chunks if the flist does not say
   */
  static void write(Map<String, String> metadata, Backend forced, JsonGenerator json) {
    json.writeStartObject();
    new TreeMap<>(metadata)
        .forEach(
            (key, text) ->
                structure(text)
                    .ifPresentOrElse(value -> json.write(key, value), () -> json.write(key, text)));
    if (!metadata.containsKey("backend")) {
      json.write("backend-forced", forced.json());
    }
    json.writeEnd();
  }

  private static Optional<JsonValue> structure(String text) {
    String inner = text.strip();
    if (!inner.startsWith("{") && !inner.startsWith("[")) {
      return Optional.empty();
    }
    try (JsonParser parser = PARSERS.createParser(new StringReader(inner))) {
      parser.next();
      JsonValue value = parser.getValue();
      return parser.hasNext() ? Optional.empty() : Optional.of(value);
    } catch (RuntimeException e) {
      // Besides its own exceptions the parser throws others for what it finds too deep or too long,
      // and for numbers beyond BigDecimal.
      return Optional.empty();
    }
  }
}
