package tf.grid.hub.space.retention;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rules do not keep.
 *
 * @param dryRun whether nothing was deleted
 * @param flists number of flists that any rule is for
 * @param linked number of flists that no rule keeps, but a link or tag
 * @param expired number of flists that nothing keeps
 * @param deleted number of these that were deleted
 * @param listed the first of those that expired, by name
 */
public record RetentionReport(
    boolean dryRun,
    Instant started,
    Instant ended,
    int flists,
    int linked,
    int expired,
    int deleted,
    List<Expired> listed) {

  /** Number of flists in the list. */
  static final int MAX_LISTED = 1_000;

  /** Keeps a copy of the list. */
  public RetentionReport {
    listed = List.copyOf(listed);
  }

  /**
   * A flist that nothing keeps.
   *
   * @param flist repository and name
   * @param rule the first rule that is for it
   * @param changed when its content changed
   * @param lastDownload if it was downloaded since downloads are counted
   */
  public record Expired(
      String flist, String rule, Instant changed, Optional<Instant> lastDownload) {
    JsonObject json() {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("flist", flist)
              .add("rule", rule)
              .add("changed", changed.toString());
      lastDownload.ifPresent(time -> json.add("last-download", time.toString()));
      return json.build();
    }
  }

  /** The form of the API. */
  public JsonObject json() {
    JsonArrayBuilder list = Json.createArrayBuilder();
    listed.forEach(flist -> list.add(flist.json()));
    return Json.createObjectBuilder()
        .add("dry-run", dryRun)
        .add("started", started.toString())
        .add("ended", ended.toString())
        .add("flists", flists)
        .add("linked", linked)
        .add("expired", expired)
        .add("deleted", deleted)
        .add("list", list)
        .build();
  }
}
