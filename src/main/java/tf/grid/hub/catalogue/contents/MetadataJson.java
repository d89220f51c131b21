package tf.grid.hub.catalogue.contents;

import jakarta.json.stream.JsonGenerator;
import java.util.Map;
import java.util.TreeMap;
import tf.grid.hub.catalogue.Backend;
import tf.grid.hub.http.json.StructuredText;

/** Writes the metadata of a flist as JSON. */
final class MetadataJson {

  private MetadataJson() {}

  /**
   * Writes all metadata: JSON objects and arrays as such, all other values as text.
   *
   * @param forced the backend to report if the flist has none
   */
  static void write(Map<String, String> metadata, Backend forced, JsonGenerator json) {
    json.writeStartObject();
    new TreeMap<>(metadata)
        .forEach(
            (key, text) ->
                StructuredText.parse(text)
                    .ifPresentOrElse(value -> json.write(key, value), () -> json.write(key, text)));
    if (!metadata.containsKey("backend")) {
      json.write("backend-forced", forced.json());
    }
    json.writeEnd();
  }
}
