package tf.grid.hub.upload;

import java.io.IOException;

/** An upload went wrong on its way in; the message is what the client is told. */
public abstract sealed class UploadException extends IOException {
  private static final long serialVersionUID = 1;

  UploadException(String message) {
    super(message);
  }

  /** The request names nothing that the hub could make a flist of. */
  public static final class UploadRejectedException extends UploadException {
    private static final long serialVersionUID = 1;

    /** Says why; the message is what the client is told. */
    public UploadRejectedException(String message) {
      super(message);
    }

    /** The same, with what it was noticed by. */
    public UploadRejectedException(String message, Throwable cause) {
      super(message);
      initCause(cause);
    }
  }

  /** As many uploads are running as this hub runs at once; another try later may succeed. */
  public static final class TooManyUploadsException extends UploadException {
    private static final long serialVersionUID = 1;

    private TooManyUploadsException(String message) {
      super(message);
    }

    static TooManyUploadsException ofAll(int limit) {
      return new TooManyUploadsException(
          limit + " uploads are running, the most that this hub runs at once: try again later");
    }

    static TooManyUploadsException ofAccount(int limit) {
      return new TooManyUploadsException(
          limit
              + " uploads of this account are running, the most that this hub runs at once for one:"
              + " try again later");
    }
  }
}
