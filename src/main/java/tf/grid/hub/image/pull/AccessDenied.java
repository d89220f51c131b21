package tf.grid.hub.image.pull;

/** The registry wants credentials, or others than these. */
public final class AccessDenied extends PullFailure {
  private static final long serialVersionUID = 1;

  /** Says who refused whom. */
  public AccessDenied(String message) {
    super(message);
  }
}
