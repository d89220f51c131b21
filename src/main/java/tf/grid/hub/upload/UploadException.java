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
   * The request has nothing that the hub can make a flist of. Clients recognize that by the status
   * 500.
   */
  public static final class UploadRejectedException extends UploadException {
    private static final long serialVersionUID = 1;

    /** Gives the reason. */
    public UploadRejectedException(String message) {
      super(message, null);
    }

    /** Gives the reason, with the cause for the log. */
    public UploadRejectedException(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public int status() {
      return 500;
    }
  }
}
