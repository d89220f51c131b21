package tf.grid.hub.site.admin;

import jakarta.json.JsonObject;

/**
 * A repository in a report.
 *
 * @param flists number of its flists
 * @param bytes of the chunks to which it alone refers
 */
public record RepositoryRow(String name, int flists, long bytes) {
  static RepositoryRow of(JsonObject row) {
    return new RepositoryRow(
        row.getString("repository"), row.getInt("flists"), row.getJsonNumber("bytes").longValue());
  }
}
