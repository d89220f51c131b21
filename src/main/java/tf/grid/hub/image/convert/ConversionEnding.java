package tf.grid.hub.image.convert;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishAnswer;

/** The final event of a conversion. */
public final class ConversionEnding {
  private ConversionEnding() {}

  public static JsonObject of(NewFlist made) {
    JsonObjectBuilder ending =
        Json.createObjectBuilder()
            .add("status", "success")
            .add("file", made.name().stored())
            .add("flist", PublishAnswer.counts(made.counts()))
            .add("timing", JsonObject.EMPTY_JSON_OBJECT);
    return PublishAnswer.withWarnings(ending, made).build();
  }
}
