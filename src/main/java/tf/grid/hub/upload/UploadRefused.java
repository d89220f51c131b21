package tf.grid.hub.upload;

/** The request names no archive that the hub could take. */
public final class UploadRefused extends UploadProblem {
  private static final long serialVersionUID = 1;

  UploadRefused(String message) {
    super(message);
  }
}
