package tf.grid.hub.store;

/** A chunk store could not do what it was asked to do; the subtypes say what happened. */
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The store refuses this hub: a wrong password or namespace, or a namespace that is read-only.
   */
  public static final class StoreAccessDeniedException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Says what was tried and what went wrong. */
    public StoreAccessDeniedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What the store holds, or answers, is not what was put into it. */
  public static final class StoreCorruptException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Says what was tried and what went wrong. */
    public StoreCorruptException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store has no room left. */
  public static final class StoreFullException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Says what was tried and what went wrong. */
    public StoreFullException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store did not answer in time, or not at all: the only kind that is worth another try. */
  public static final class StoreUnreachableException extends StoreException {
    private static final long serialVersionUID = 1;

    /** Says what was tried and what went wrong. */
    public StoreUnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
