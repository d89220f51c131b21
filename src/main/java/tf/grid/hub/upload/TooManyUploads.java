package tf.grid.hub.upload;

/** As many uploads are running as this hub runs at once; another try later may succeed. */
public final class TooManyUploads extends UploadProblem {
  private static final long serialVersionUID = 1;

  TooManyUploads(int limit) {
    super(limit + " uploads are running, the most that this hub runs at once: try again later");
  }
}
