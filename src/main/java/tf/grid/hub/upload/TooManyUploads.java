package tf.grid.hub.upload;

/** As many uploads are running as this hub runs at once; another try later may succeed. */
public final class TooManyUploads extends UploadProblem {
  private static final long serialVersionUID = 1;

  private TooManyUploads(String message) {
    super(message);
  }

  static TooManyUploads ofAll(int limit) {
    return new TooManyUploads(
        limit + " uploads are running, the most that this hub runs at once: try again later");
  }

  static TooManyUploads ofAccount(int limit) {
    return new TooManyUploads(
        limit
            + " uploads of this account are running, the most that this hub runs at once for one:"
            + " try again later");
  }
}
