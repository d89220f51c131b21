package tf.grid.hub.upload.merge;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tf.grid.hub.access.Access;
import tf.grid.hub.http.BodyTooLarge;
import tf.grid.hub.http.JsonStrings;
import tf.grid.hub.http.NotStrings;
import tf.grid.hub.http.body.SmallBodies;
import tf.grid.hub.upload.UploadRefused;

/** Reads the names of sources from the body of a request. Safe for any number of threads. */
@ApplicationScoped
public class MergeRequest {
  /** Room for all sources under the longest names, escaped. */
  private static final long MOST_BYTES = 256 * 1024;

  /** More than may be merged: then there is a better message. */
  private static final int MOST_STRINGS = 10_000;

  private final Access access;
  private final SmallBodies bodies;

  /** For the container's proxy. */
  protected MergeRequest() {
    this(null, null);
  }

  /** Takes who knows the senders, and what receives from them. */
  @Inject
  public MergeRequest(Access access, SmallBodies bodies) {
    this.access = access;
    this.bodies = bodies;
  }

  /**
   * The names in a body.
   *
   * @throws UploadRefused when it is no JSON array of strings
   * @throws BodyTooLarge when it is too long
   */
  List<String> read(InputStream body) throws IOException {
    try {
      return bodies.read(
          access.sender(), body, MOST_BYTES, bounded -> JsonStrings.read(bounded, MOST_STRINGS));
    } catch (NotStrings e) {
      throw new UploadRefused("malformed json request", e);
    }
  }
}
