package tf.grid.hub.mirror.copy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * The version of an entry that was copied.
 *
 * @param updated as the source lists it, Unix seconds
 * @param size of a flist as the source lists it
 * @param tag entity tag of a flist; empty if unknown
 * @param settled whether a later change of the entry will move {@code updated}
 * @param failure why this version could not be copied; empty if it was
 * @param failedAt when that was, Unix seconds of this hub
 */
record EntryVersion(
    long updated, String size, String tag, boolean settled, String failure, long failedAt) {

  /** Nothing was copied, or nothing has to be remembered of the entry. */
  static final EntryVersion NONE = new EntryVersion(-1, "", "", false, "", 0);

  private static final int LONGEST_FAILURE = 300;

  EntryVersion {
    failure = failure.length() > LONGEST_FAILURE ? failure.substring(0, LONGEST_FAILURE) : failure;
  }

  boolean isFailure() {
    return !failure.isEmpty();
  }

  JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    if (!equals(NONE)) {
      json.add("updated", updated).add("size", size).add("tag", tag).add("settled", settled);
    }
    if (isFailure()) {
      json.add("failure", failure).add("failed-at", failedAt);
    }
    return json.build();
  }

  static EntryVersion of(JsonObject json) {
    return json.isEmpty()
        ? NONE
        : new EntryVersion(
            json.getJsonNumber("updated").longValue(),
            json.getString("size"),
            json.getString("tag"),
            json.getBoolean("settled"),
            json.getString("failure", ""),
            json.containsKey("failed-at") ? json.getJsonNumber("failed-at").longValue() : 0);
  }
}
