package tf.grid.hub.upload;

/** The request names nothing that the hub could make a flist of. */
public final class UploadRefused extends UploadProblem {
  private static final long serialVersionUID = 1;

  /** Says why; the message is what the client is told. */
  public UploadRefused(String message) {
    super(message);
  }

  /** The same, with what it was noticed by. */
  public UploadRefused(String message, Throwable cause) {
    super(message);
    initCause(cause);
  }
}
