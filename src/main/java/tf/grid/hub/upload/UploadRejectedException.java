package tf.grid.hub.upload;

import java.io.IOException;
import tf.grid.hub.problem.Problem;

/**
 * The request does not contain anything that can be published, and nothing was published. The
 * message is for the client. Existing clients expect the status 500.
 */
public final class UploadRejectedException extends IOException implements Problem {
  private static final long serialVersionUID = 1;

  /** Rejects an upload for this reason. */
  public UploadRejectedException(String message) {
    super(message);
  }

  /** Rejects an upload for this reason; the cause is for the log. */
  public UploadRejectedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int status() {
    return 500;
  }
}
