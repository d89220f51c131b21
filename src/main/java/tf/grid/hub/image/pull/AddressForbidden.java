package tf.grid.hub.image.pull;

/** An address leads into a network that the hub does not let strangers reach. */
public final class AddressForbidden extends PullFailure {
  private static final long serialVersionUID = 1;

  /** Says which address. */
  public AddressForbidden(String message) {
    super(message);
  }
}
