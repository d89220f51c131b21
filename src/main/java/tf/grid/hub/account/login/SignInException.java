package tf.grid.hub.account.login;

/** Somebody could not be signed in; the message tells the visitor why, and names no secret. */
public final class SignInException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says what was wrong and what to do, in a sentence without a full stop. */
  public SignInException(String message) {
    super(message);
  }

  /** The same, when something else went wrong first; that goes to the log only. */
  public SignInException(String message, Throwable cause) {
    super(message, cause);
  }
}
