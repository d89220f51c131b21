package tf.grid.hub.job;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** An event of a job for its listeners. Immutable. */
public sealed interface JobEvent {

  /** The JSON representation for listeners. */
  JsonObject json();

  /** Reads the JSON representation of an event. */
  static JobEvent of(JsonObject json) {
    return switch (json.getString("status")) {
      case "update" ->
          new Update(
              json.getString("message"),
              json.getInt("progress"),
              new Counted(
                  json.getJsonNumber("received").longValue(),
                  json.getJsonNumber("files").longValue(),
                  json.getJsonNumber("chunks_new").longValue(),
                  json.getJsonNumber("chunks_known").longValue()));
      case "info" -> new Finished(json.getJsonObject("info"));
      default -> new Failed(json.getString("message"));
    };
  }

  /** Whether this is the final event. */
  default boolean last() {
    return true;
  }

  /**
   * Progress of the work.
   *
   * @param message the current step, for display
   * @param percent 0 to 100; 0 if the total is unknown
   * @param counts totals so far
   */
  record Update(String message, int percent, Counted counts) implements JobEvent {
    static Update nothing(String message) {
      return new Update(message, 0, new Counted(0, 0, 0, 0));
    }

    @Override
    public JsonObject json() {
      return Json.createObjectBuilder()
          .add("status", "update")
          .add("message", message)
          .add("progress", percent)
          .add("received", counts.bytes())
          .add("files", counts.files())
          .add("chunks_new", counts.freshChunks())
          .add("chunks_known", counts.knownChunks())
          .build();
    }

    @Override
    public boolean last() {
      return false;
    }
  }

  /**
   * Totals so far.
   *
   * @param bytes received
   * @param files completed
   * @param freshChunks new chunks
   * @param knownChunks chunks that were already stored
   */
  record Counted(long bytes, long files, long freshChunks, long knownChunks) {}

  /**
   * The work succeeded.
   *
   * @param info the result
   */
  record Finished(JsonObject info) implements JobEvent {
    @Override
    public JsonObject json() {
      return Json.createObjectBuilder().add("status", "info").add("info", info).build();
    }
  }

  /**
   * The work failed or was cancelled.
   *
   * @param message the reason, for display
   */
  record Failed(String message) implements JobEvent {
    /** The end of a job that was cancelled before its work began. */
    public static Failed cancelled() {
      return new Failed("cancelled");
    }

    @Override
    public JsonObject json() {
      return Json.createObjectBuilder().add("status", "error").add("message", message).build();
    }
  }
}
