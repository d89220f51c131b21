package tf.grid.hub.catalogue.contents;

import jakarta.json.stream.JsonGenerator;
import java.util.Map;
import java.util.TreeMap;
import tf.grid.hub.catalogue.Backend;
import tf.grid.hub.http.json.StructuredText;

/** Writes the metadata of a flist. */
final class MetadataJson {

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
                StructuredText.parse(text)
                    .ifPresentOrElse(value -> json.write(key, value), () -> json.write(key, text)));
    if (!metadata.containsKey("backend")) {
      json.write("backend-forced", forced.json());
    }
    json.writeEnd();
  }
}
