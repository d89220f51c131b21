package tf.grid.hub.job;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What listeners of a job are told. Immutable. */
public sealed interface JobEvent {

  /** The event as listeners get it. */
  JsonObject json();

  /** Whether nothing comes after it. */
  default boolean last() {
    return true;
  }

  /**
   * How far the work is.
   *
   * @param message what is being done, for people
   * @param percent 0 to 100; 0 while nobody knows how much there is to do
   * @param counts what was done so far
   */
  record Update(String message, int percent, Counted counts) implements JobEvent {
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
   * What was done so far.
   *
   * @param bytes that came in
   * @param files that are complete
   * @param freshChunks that were new to the store
   * @param knownChunks that the store had before
   */
  record Counted(long bytes, long files, long freshChunks, long knownChunks) {}

  /**
   * The work is done.
   *
   * @param info what came out of it
   */
  record Finished(JsonObject info) implements JobEvent {
    @Override
    public JsonObject json() {
      return Json.createObjectBuilder().add("status", "info").add("info", info).build();
    }
  }

  /**
   * The work failed, or was cancelled.
   *
   * @param message why, for people
   */
  record Failed(String message) implements JobEvent {
    @Override
    public JsonObject json() {
      return Json.createObjectBuilder().add("status", "error").add("message", message).build();
    }
  }
}
