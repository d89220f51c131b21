package tf.grid.hub.store;

/** The store has no room left. */
public final class StoreFull extends StoreException {
  private static final long serialVersionUID = 1;

  /** Says what was tried and what went wrong. */
  public StoreFull(String message, Throwable cause) {
    super(message, cause);
  }
}
