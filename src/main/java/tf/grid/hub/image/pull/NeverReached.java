package tf.grid.hub.image.pull;

/**
 * A registry could not be connected to, and has said nothing at all: its name has no address, or no
 * connection or encryption came about.
 */
public final class NeverReached extends SourceUnreachable {
  private static final long serialVersionUID = 1;

  /** Says who, with the error behind it for the log. */
  public NeverReached(String message, Throwable cause) {
    super(message, cause);
  }
}
