package tf.grid.hub.http.json;

import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;

/** Text that may contain JSON, such as metadata of flists. */
public final class StructuredText {

  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private StructuredText() {}

  /** Parses an object or array; empty if the text is neither. */
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
      // The parser throws various exceptions for excessive nesting or length and for numbers beyond
      // BigDecimal.
      return Optional.empty();
    }
  }
}
