package tf.grid.hub.client.push;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tf.grid.hub.client.remote.HubHttp;

/**
 * A flist that the hub has published.
 *
 * @param name its name there
 * @param warnings what is unusual about it
 */
public record PublishedFlist(String name, List<String> warnings) {

  /** The library reads 15 million characters by default, the entries of about 500,000 files. */
  private static final JsonParserFactory PARSERS =
      Json.createParserFactory(Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE));

  /** Reads the response of a hub without its list of all entries, which may not fit in memory. */
  static PublishedFlist read(InputStream response) throws IOException {
    String name = "";
    List<String> warnings = new ArrayList<>();
    try (JsonParser json = PARSERS.createParser(response)) {
      String key = "";
      while (json.hasNext()) {
        JsonParser.Event event = json.next();
        if (event == JsonParser.Event.KEY_NAME) {
          key = json.getString();
        } else if (event == JsonParser.Event.START_ARRAY && key.equals("content")) {
          json.skipArray();
        } else if (event == JsonParser.Event.VALUE_STRING && key.equals("name")) {
          name = json.getString();
        } else if (event == JsonParser.Event.VALUE_STRING && key.equals("warnings")) {
          warnings.add(json.getString());
        }
      }
    } catch (JsonException e) {
      throw HubHttp.malformed(e);
    }
    return new PublishedFlist(name, List.copyOf(warnings));
  }
}
