package tf.grid.hub.image.pull;

/** There is no container engine where the hub looks for one, or it does not answer. */
public final class EngineUnavailable extends PullFailure {
  private static final long serialVersionUID = 1;

  /** Says where it should be. */
  public EngineUnavailable(String message) {
    super(message);
  }

  /** Says where it should be, with the error behind it for the log. */
  public EngineUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
