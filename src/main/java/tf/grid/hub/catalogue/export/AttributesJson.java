package tf.grid.hub.catalogue.export;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.http.json.StructuredText;

/**
 * Reads the metadata {@code xattr}, which converted images have: an object of paths, each with an
 * object of names and values in Base64. Parts with another form are ignored, because uploaded
 * flists may have any text there.
 */
final class AttributesJson {
  private AttributesJson() {}

  static Map<FlistPath, SortedMap<String, Name>> read(String text) {
    Map<FlistPath, SortedMap<String, Name>> attributes = new HashMap<>();
    StructuredText.parse(text)
        .filter(JsonObject.class::isInstance)
        .ifPresent(
            paths -> paths.asJsonObject().forEach((path, values) -> add(attributes, path, values)));
    return attributes;
  }

  private static void add(
      Map<FlistPath, SortedMap<String, Name>> attributes, String path, JsonValue values) {
    if (!(values instanceof JsonObject names)) {
      return;
    }
    try {
      SortedMap<String, Name> known = new TreeMap<>();
      names.forEach(
          (name, value) -> {
            if (isName(name) && value instanceof JsonString encoded) {
              known.put(name, Name.of(Base64.getDecoder().decode(encoded.getString())));
            }
          });
      if (!known.isEmpty()) {
        attributes.put(FlistPath.of(path), known);
      }
    } catch (IllegalArgumentException e) {
      // Not a path or not Base64.
    }
  }

  /** An equals sign or a control character would end the key of a PAX record. */
  private static boolean isName(String name) {
    return !name.isEmpty() && name.chars().noneMatch(c -> c == '=' || c < ' ' || c == 127);
  }
}
