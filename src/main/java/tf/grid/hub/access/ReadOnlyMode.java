package tf.grid.hub.access;

/** The hub is a mirror: nothing can be changed. */
public final class ReadOnlyMode extends AccessRefused {
  private static final long serialVersionUID = 1;

  ReadOnlyMode() {
    super("readonly mode");
  }
}
