package tf.grid.hub.upload;

/** More bytes came than one upload may have. */
public final class UploadTooLarge extends UploadProblem {
  private static final long serialVersionUID = 1;

  UploadTooLarge(long limit) {
    super("the upload has more than " + limit + " bytes, the most that this hub takes at once");
  }
}
