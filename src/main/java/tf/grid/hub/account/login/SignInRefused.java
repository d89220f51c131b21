package tf.grid.hub.account.login;

/** Somebody could not be signed in; the message tells the visitor why, and names no secret. */
public final class SignInRefused extends Exception {
  private static final long serialVersionUID = 1;

  /** Says what was wrong and what to do, in a sentence without a full stop. */
  public SignInRefused(String message) {
    super(message);
  }

  /** The same, when something else went wrong first; that goes to the log only. */
  public SignInRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
