package tf.grid.hub.http.json;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;

/** Texts that may be JSON, as metadata of flists are. Stateless. */
public final class StructuredText {

  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private StructuredText() {}

  /** The object or array that a text is; empty if it is neither. */
  public static Optional<JsonValue> parse(String text) {
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
