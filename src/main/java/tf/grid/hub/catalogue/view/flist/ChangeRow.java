package tf.grid.hub.catalogue.view.flist;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.stream.Collectors;
import tf.grid.hub.page.ReadableText;

/**
 * A path at which two flists differ, for people.
 *
 * @param path from the root
 * @param change whether it was added, removed or changed
 * @param before what was there; empty if nothing was
 * @param after what is there; empty if nothing is
 * @param what is different of an entry that both have
 */
public record ChangeRow(String path, String change, String before, String after, String what) {

  static ChangeRow of(JsonObject change) {
    return new ChangeRow(
        change.getString("path"),
        change.getString("change"),
        side(change.getJsonObject("before")),
        side(change.getJsonObject("after")),
        change.containsKey("what")
            ? change.getJsonArray("what").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .collect(Collectors.joining(", "))
            : "");
  }

  private static String side(JsonObject side) {
    return side == null
        ? ""
        : side.getString("type")
            + ", "
            + ReadableText.size(side.getJsonNumber("size").longValueExact());
  }
}
