package tf.grid.hub.store;

/** What the store holds, or answers, is not what was put into it. */
public final class StoreCorrupt extends StoreException {
  private static final long serialVersionUID = 1;

  /** Says what was tried and what went wrong. */
  public StoreCorrupt(String message, Throwable cause) {
    super(message, cause);
  }
}
