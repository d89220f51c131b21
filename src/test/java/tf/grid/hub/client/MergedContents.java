package tf.grid.hub.client;

import static java.util.Comparator.comparing;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Contents of merged flists, in the order of their paths: the earlier hub lists them in the order
 * in which they were merged. Where a file of one source meets a directory of another it keeps both;
 * here what was there first stays.
 */
public final class MergedContents {
  private static final int SIZE_OF_DIRECTORIES = 4096;

  private MergedContents() {}

  /** Recorded contents without what came second, or our own, which have nothing of the kind. */
  public static JsonValue of(JsonValue contents) {
    JsonObject listed = (JsonObject) contents;
    Map<String, Integer> counts = new HashMap<>();
    for (String count : List.of("regular", "directory", "fullsize")) {
      counts.put(count, listed.getInt(count));
    }
    Set<String> seen = new HashSet<>();
    Set<String> second = new HashSet<>();
    List<JsonObject> kept = new ArrayList<>();
    for (JsonObject entry : listed.getJsonArray("content").getValuesAs(JsonObject.class)) {
      String path = entry.getString("path");
      if (seen.add(path) && !second.contains(path.substring(0, path.lastIndexOf('/')))) {
        kept.add(entry);
      } else {
        second.add(path);
        uncount(entry.getInt("size"), counts);
      }
    }
    kept.sort(comparing(entry -> entry.getString("path")));
    JsonArrayBuilder content = Json.createArrayBuilder();
    kept.forEach(content::add);
    JsonObjectBuilder comparable = Json.createObjectBuilder(listed).add("content", content);
    counts.forEach(comparable::add);
    return comparable.build();
  }

  private static void uncount(int size, Map<String, Integer> counts) {
    if (size == SIZE_OF_DIRECTORIES) {
      counts.merge("directory", -1, Integer::sum);
    } else {
      counts.merge("regular", -1, Integer::sum);
      counts.merge("fullsize", -size, Integer::sum);
    }
  }
}
