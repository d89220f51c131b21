package tf.grid.hub.image.pull;

/** What a registry sent is not what it announced: cut off, changed, malformed or absurd. */
public final class ImageBroken extends PullFailure {
  private static final long serialVersionUID = 1;

  /** Says what is wrong. */
  public ImageBroken(String message) {
    super(message);
  }

  /** Says what is wrong, with the error behind it for the log. */
  public ImageBroken(String message, Throwable cause) {
    super(message, cause);
  }
}
