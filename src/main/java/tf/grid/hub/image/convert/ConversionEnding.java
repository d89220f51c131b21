package tf.grid.hub.image.convert;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import tf.grid.hub.upload.UploadAnswer;
import tf.grid.hub.upload.Uploaded;

/** What listeners of a conversion are told at its end. Stateless. */
public final class ConversionEnding {
  private ConversionEnding() {}

  /** Tells of a flist. */
  public static JsonObject of(Uploaded made) {
    return Json.createObjectBuilder()
        .add("status", "success")
        .add("file", made.name().stored())
        .add("flist", UploadAnswer.counts(made.counts()))
        .add("timing", JsonObject.EMPTY_JSON_OBJECT)
        .build();
  }
}
