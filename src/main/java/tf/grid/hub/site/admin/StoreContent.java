package tf.grid.hub.site.admin;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What a chunk store had at some time.
 *
 * @param chunks number of chunks
 * @param bytes of stored chunks, without the overhead of the store
 */
public record StoreContent(long chunks, long bytes, Instant time) {
  private static final List<String> KINDS = List.of("live", "in-use", "young", "garbage");

  /** The content after a collection or dry run. */
  static StoreContent of(JsonObject report) {
    return new StoreContent(
        left(report, "chunks"), left(report, "bytes"), Instant.parse(report.getString("ended")));
  }

  private static long left(JsonObject report, String what) {
    long found = KINDS.stream().mapToLong(kind -> amount(report, kind, what)).sum();
    return found - amount(report, "deleted", what);
  }

  private static long amount(JsonObject report, String kind, String what) {
    return report.getJsonObject(kind).getJsonNumber(what).longValue();
  }
}
