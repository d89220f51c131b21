package tf.grid.hub.client;

import static java.util.Comparator.comparing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;

/**
 * Answers with what differs from run to run replaced by what it looks like: times, digests and
 * sizes of flist files. Entries that only the earlier hub publishes are left out: names that begin
 * with a dot, and what it made of broken archives and of sources that are no flists. Entries with
 * names come in the order of their names, which the earlier hub did not always keep.
 */
public final class ComparableAnswer {
  private static final Set<String> TIMES = Set.of("updated", "linktime");
  private static final Set<String> NEVER_PUBLISHED =
      Set.of(
          "...flist",
          ".flist",
          ".tag-v2.flist",
          "merged-outside.flist",
          "merged.flist",
          "not-a-targz.flist",
          "truncated.flist");

  private ComparableAnswer() {}

  /** The comparable form. */
  public static JsonValue of(JsonValue answer) {
    if (answer instanceof JsonArray array) {
      return of(array);
    }
    return answer instanceof JsonObject object ? of(object) : answer;
  }

  private static JsonArray of(JsonArray array) {
    JsonArrayBuilder comparable = Json.createArrayBuilder();
    for (JsonValue element : array.stream().sorted(comparing(ComparableAnswer::name)).toList()) {
      if (!NEVER_PUBLISHED.contains(name(element))) {
        comparable.add(of(element));
      }
    }
    return comparable.build();
  }

  /** The name of an entry, or the entry if it is a name of the form {@code repository/name}. */
  private static String name(JsonValue element) {
    if (element instanceof JsonString text) {
      return text.getString().substring(text.getString().indexOf('/') + 1);
    }
    return element instanceof JsonObject entry ? entry.getString("name", "") : "";
  }

  private static JsonObject of(JsonObject object) {
    JsonObjectBuilder comparable = Json.createObjectBuilder();
    for (Map.Entry<String, JsonValue> field : object.entrySet()) {
      comparable.add(field.getKey(), of(object, field.getKey(), field.getValue()));
    }
    return comparable.build();
  }

  private static JsonValue of(JsonObject object, String key, JsonValue value) {
    if (TIMES.contains(key) && value instanceof JsonNumber) {
      return Json.createValue("a time");
    }
    if (key.equals("md5") && value instanceof JsonString text) {
      return Json.createValue(text.getString().replaceFirst("^[0-9a-f]{32}$", "a digest"));
    }
    if (key.equals("size") && value instanceof JsonString text) {
      return Json.createValue(text.getString().replaceFirst("^\\d+\\.\\d\\d KB$", "a size"));
    }
    boolean ofFile = key.equals("size") && object.containsKey("md5");
    return ofFile && value instanceof JsonNumber ? Json.createValue("a size") : of(value);
  }
}
