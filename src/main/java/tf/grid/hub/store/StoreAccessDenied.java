package tf.grid.hub.store;

/** The store refuses this hub: a wrong password or namespace, or a namespace that is read-only. */
public final class StoreAccessDenied extends StoreException {
  private static final long serialVersionUID = 1;

  /** Says what was tried and what went wrong. */
  public StoreAccessDenied(String message, Throwable cause) {
    super(message, cause);
  }
}
