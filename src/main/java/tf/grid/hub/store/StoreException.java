package tf.grid.hub.store;

/** A chunk store could not do what it was asked to do; the subtypes say what happened. */
public abstract sealed class StoreException extends RuntimeException
    permits StoreUnreachable, StoreAccessDenied, StoreFull, StoreCorrupt {
  private static final long serialVersionUID = 1;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
