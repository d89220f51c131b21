package tf.grid.hub.catalogue.view.flist;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.stream.Collectors;

/**
 * A path at which two flists differ, for people.
 *
 * @param path from the root
 * @param change whether it was added, removed or changed
 * @param before what was there; null if nothing was
 * @param after what is there; null if nothing is
 * @param what is different of an entry that both have
 */
public record ChangeRow(String path, String change, Side before, Side after, String what) {

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

  private static Side side(JsonObject side) {
    return side == null
        ? null
        : new Side(side.getString("type"), side.getJsonNumber("size").longValueExact());
  }

  /**
   * What one of the flists has at the path.
   *
   * @param type of the entry
   * @param size in bytes
   */
  public record Side(String type, long size) {}
}
