package tf.grid.hub.catalogue.comparison;

import jakarta.json.stream.JsonGenerator;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.catalogue.json.JsonBody;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.diff.Difference;
import tf.grid.hub.flist.diff.Kind;

/** Writes a page of differences. */
final class ComparisonJson {
  private ComparisonJson() {}

  /**
   * The page, with a cursor if there are more differences than it may have.
   *
   * @param state of the flists, for the cursor
   */
  static JsonBody of(List<Difference> found, int limit, int state) {
    return JsonBody.of(
        json -> {
          json.writeStartObject().writeStartArray("changes");
          found.stream().limit(limit).forEach(difference -> write(difference, json));
          json.writeEnd();
          if (found.size() > limit) {
            json.write("next", new Cursor(state, found.get(limit - 1).place()).toString());
          }
          json.writeEnd();
        });
  }

  private static void write(Difference difference, JsonGenerator json) {
    json.writeStartObject()
        .write("path", "/" + difference.place().path())
        .write("change", change(difference));
    difference.before().ifPresent(node -> write("before", node, json));
    difference.after().ifPresent(node -> write("after", node, json));
    if (!difference.aspects().isEmpty()) {
      json.writeStartArray("what");
      difference.aspects().forEach(aspect -> json.write(lower(aspect)));
      json.writeEnd();
    }
    json.writeEnd();
  }

  private static String change(Difference difference) {
    if (difference.before().isEmpty()) {
      return "added";
    }
    return difference.after().isEmpty() ? "removed" : "changed";
  }

  private static void write(String side, Node node, JsonGenerator json) {
    json.writeStartObject(side)
        .write("type", lower(Kind.of(node)))
        .write("size", node.size())
        .writeEnd();
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
