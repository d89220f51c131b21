package tf.grid.hub.http.json;

import java.util.Optional;
import tf.grid.hub.http.file.EntityTags;
import tf.grid.hub.http.gzip.Gzip;

/**
 * How to answer a conditional request for a prepared body: with the body, compressed if the client
 * accepts that, or with 304 if the client has the current version.
 *
 * @param body empty for 304; callers must not change it
 * @param tag the entity tag, with its quotes
 * @param compressed whether the body is compressed with gzip
 */
public record JsonAnswer(Optional<byte[]> body, String tag, boolean compressed) {

  /**
   * Chooses the answer.
   *
   * @param acceptEncoding the header of the request, or null
   * @param ifNoneMatch the header of the request, or null
   */
  public static JsonAnswer of(JsonBody body, String acceptEncoding, String ifNoneMatch) {
    boolean compressed = Gzip.isAccepted(acceptEncoding);
    String plainTag = '"' + body.tag() + '"';
    String compressedTag = '"' + body.tag() + "-gzip\"";
    boolean known =
        ifNoneMatch != null && EntityTags.matchWeakly(ifNoneMatch, plainTag, compressedTag);
    return new JsonAnswer(
        known ? Optional.empty() : Optional.of(compressed ? body.compressed() : body.plain()),
        compressed ? compressedTag : plainTag,
        compressed);
  }
}
