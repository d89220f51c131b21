package tf.grid.hub.upload;

import java.io.IOException;
import tf.grid.hub.problem.Problem;

/** An upload failed before anything was published. The message is for the client. */
public abstract sealed class UploadException extends IOException implements Problem {
  private static final long serialVersionUID = 1;

  private UploadException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The request does not contain anything that can be published. Existing clients expect the status
   * 500.
   */
  public static final class UploadRejectedException extends UploadException {
    private static final long serialVersionUID = 1;

    /** Rejects an upload for this reason. */
    public UploadRejectedException(String message) {
      super(message, null);
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
}
