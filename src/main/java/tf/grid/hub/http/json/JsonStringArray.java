package tf.grid.hub.http.json;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parses an untrusted JSON array of strings. It is parsed as a stream and nesting is rejected, so
 * that memory use is that of the strings.
 */
public final class JsonStringArray {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private JsonStringArray() {}

  /**
   * Reads the body.
   *
   * @param body in UTF-8, of limited length
   * @param most maximum number of strings
   * @throws NotStringArrayException if it is anything else, or has more strings
   */
  public static List<String> read(InputStream body, int most) throws IOException {
    Reader text =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8.newDecoder()));
    try (JsonParser parser = PARSERS.createParser(text)) {
      return strings(parser, most);
    } catch (JsonException e) {
      if (e.getCause() instanceof IOException cause
          && !(cause instanceof CharacterCodingException)) {
        throw cause;
      }
      throw new NotStringArrayException("the body is not JSON");
    }
  }

  private static List<String> strings(JsonParser parser, int most) throws NotStringArrayException {
    if (!parser.hasNext() || parser.next() != JsonParser.Event.START_ARRAY) {
      throw new NotStringArrayException("the body is not a JSON array");
    }
    List<String> strings = new ArrayList<>();
    for (JsonParser.Event next = parser.next();
        next != JsonParser.Event.END_ARRAY;
        next = parser.next()) {
      if (next != JsonParser.Event.VALUE_STRING) {
        throw new NotStringArrayException("the array has something else in it than strings");
      }
      if (strings.size() == most) {
        throw new NotStringArrayException("the array has more than " + most + " strings");
      }
      strings.add(parser.getString());
    }
    if (parser.hasNext()) {
      throw new NotStringArrayException("the array is followed by something else");
    }
    return strings;
  }

  /** A body is not a JSON array of strings. The message is for the client. */
  public static final class NotStringArrayException extends IOException {
    private static final long serialVersionUID = 1;

    NotStringArrayException(String message) {
      super(message);
    }
  }
}
