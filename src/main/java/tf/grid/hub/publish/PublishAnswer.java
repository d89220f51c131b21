package tf.grid.hub.publish;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import tf.grid.hub.flist.Counts;

/** JSON responses for a published flist, in the format that existing clients expect. */
public final class PublishAnswer {
  private PublishAnswer() {}

  /** The response to the request. */
  public static JsonObject of(NewFlist uploaded) {
    JsonObjectBuilder answer =
        Json.createObjectBuilder()
            .add("status", "success")
            .add(
                "payload",
                Json.createObjectBuilder()
                    .add("name", uploaded.name().toString())
                    .add(
                        "files",
                        Json.createObjectBuilder()
                            .add("success", true)
                            .add("error", JsonValue.NULL)
                            .add("response", counts(uploaded.counts()))
                            .add("status", 0)));
    return withWarnings(answer, uploaded).build();
  }

  /** The last event of the job. */
  public static JsonObject ending(NewFlist uploaded) {
    JsonObjectBuilder ending =
        Json.createObjectBuilder()
            .add("filename", uploaded.name().stored())
            .add("flist", counts(uploaded.counts()));
    return withWarnings(ending, uploaded).build();
  }

  /** Adds {@code warnings} if there are any. The earlier hub had no such key. */
  public static JsonObjectBuilder withWarnings(JsonObjectBuilder answer, NewFlist uploaded) {
    return uploaded.warnings().isEmpty()
        ? answer
        : answer.add("warnings", Json.createArrayBuilder(uploaded.warnings()));
  }

  /** The counts of the flist. */
  public static JsonObject counts(Counts counts) {
    return Json.createObjectBuilder()
        .add("regular", counts.regular())
        .add("symlink", counts.symlink())
        .add("directory", counts.directory())
        .add("special", counts.special())
        .add("failure", 0)
        .add("fullsize", counts.fullsize())
        .build();
  }
}
