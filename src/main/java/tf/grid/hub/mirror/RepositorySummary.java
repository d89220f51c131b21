package tf.grid.hub.mirror;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;

/**
 * The state of one mirrored repository.
 *
 * @param official whether the source marks it as official
 * @param updated as the source listed it when it was copied, Unix seconds; negative if it was not
 *     copied completely
 * @param settled whether every later change at the source will move that time
 * @param tags whether it has tags
 * @param firstFailure when the first of its entries that could not be copied failed, Unix seconds
 *     of this hub; 0 if none failed
 * @param problems entries that could not be copied, with reasons; a limited number
 */
record RepositorySummary(
    boolean official,
    long updated,
    boolean settled,
    boolean tags,
    long firstFailure,
    List<String> problems) {

  /** Not copied yet. */
  static final RepositorySummary NEW = new RepositorySummary(false, -1, false, false, 0, List.of());

  RepositorySummary {
    problems = List.copyOf(problems);
  }

  RepositorySummary markedAs(boolean isOfficial) {
    return new RepositorySummary(isOfficial, updated, settled, tags, firstFailure, problems);
  }

  /** The same with one problem, to be copied again in the next run. */
  RepositorySummary failedWith(String problem) {
    return new RepositorySummary(official, -1, false, tags, firstFailure, List.of(problem));
  }

  JsonObject json() {
    return Json.createObjectBuilder()
        .add("official", official)
        .add("updated", updated)
        .add("settled", settled)
        .add("tags", tags)
        .add("first-failure", firstFailure)
        .add("problems", Json.createArrayBuilder(problems))
        .build();
  }

  static RepositorySummary of(JsonObject json) {
    return new RepositorySummary(
        json.getBoolean("official"),
        json.getJsonNumber("updated").longValue(),
        json.getBoolean("settled"),
        json.getBoolean("tags"),
        json.getJsonNumber("first-failure").longValue(),
        json.getJsonArray("problems").getValuesAs(JsonString::getString));
  }
}
