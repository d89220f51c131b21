package tf.grid.hub.image.pull;

/** The registry or the engine knows no image of this name, or none of this version. */
public final class ImageNotFound extends PullFailure {
  private static final long serialVersionUID = 1;

  /** Says what was asked for. */
  public ImageNotFound(String message) {
    super(message);
  }
}
