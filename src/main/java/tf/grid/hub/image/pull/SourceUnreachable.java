package tf.grid.hub.image.pull;

/** A registry cannot be reached, or fails. Another try later may succeed. */
public sealed class SourceUnreachable extends PullFailure permits NeverReached {
  private static final long serialVersionUID = 1;

  /** Says who failed and how. */
  public SourceUnreachable(String message) {
    super(message);
  }

  /** Says who failed and how, with the error behind it for the log. */
  public SourceUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
