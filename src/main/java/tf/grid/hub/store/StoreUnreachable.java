package tf.grid.hub.store;

/** The store did not answer in time, or not at all: the only kind that is worth another try. */
public final class StoreUnreachable extends StoreException {
  private static final long serialVersionUID = 1;

  /** Says what was tried and what went wrong. */
  public StoreUnreachable(String message, Throwable cause) {
    super(message, cause);
  }
}
