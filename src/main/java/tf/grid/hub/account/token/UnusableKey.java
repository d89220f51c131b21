package tf.grid.hub.account.token;

/** The file of the key that signs tokens cannot be used; the message says why and what to do. */
public final class UnusableKey extends Exception {
  private static final long serialVersionUID = 1;

  UnusableKey(String message, Throwable cause) {
    super(message, cause);
  }

  UnusableKey(String message) {
    super(message);
  }
}
