package tf.grid.hub.upload.merge;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.body.BodyException.BodyTooLargeException;
import tf.grid.hub.http.body.SmallBodies;
import tf.grid.hub.http.json.JsonStringArray;
import tf.grid.hub.http.json.JsonStringArray.NotStringArrayException;
import tf.grid.hub.upload.UploadRejectedException;

/** Reads the names of the sources from a request body. Thread-safe. */
@SingletonBean
public class MergeRequest {
  /** Enough for the maximum number of sources with the longest names, escaped. */
  private static final long MOST_BYTES = 256 * 1024;

  /** More than the maximum number of sources, which has a better error message. */
  private static final int MOST_STRINGS = 10_000;

  private final AccessControl access;
  private final SmallBodies bodies;

  @Inject
  public MergeRequest(AccessControl access, SmallBodies bodies) {
    this.access = access;
    this.bodies = bodies;
  }

  /**
   * Reads the names in a body.
   *
   * @throws UploadRejectedException if it is not a JSON array of strings
   * @throws BodyTooLargeException if it is too long
   */
  List<String> read(InputStream body) throws IOException {
    try {
      return bodies.read(
          access.sender(),
          body,
          MOST_BYTES,
          bounded -> JsonStringArray.read(bounded, MOST_STRINGS));
    } catch (NotStringArrayException e) {
      throw new UploadRejectedException("malformed json request", e);
    }
  }
}
