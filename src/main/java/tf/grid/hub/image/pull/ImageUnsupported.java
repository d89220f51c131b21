package tf.grid.hub.image.pull;

/** The image is whole, but of a kind that the hub does not convert, or for another platform. */
public final class ImageUnsupported extends PullFailure {
  private static final long serialVersionUID = 1;

  /** Says what is not supported and what would be. */
  public ImageUnsupported(String message) {
    super(message);
  }
}
