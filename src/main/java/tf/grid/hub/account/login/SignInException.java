package tf.grid.hub.account.login;

/** A sign-in failed. The message is shown to the visitor and contains no secrets. */
public final class SignInException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Fails with a message for the visitor.
   *
   * @param message what was wrong and what to do, without a full stop
   */
  public SignInException(String message) {
    super(message);
  }

  /**
   * Fails with a message for the visitor and a cause.
   *
   * @param message what was wrong and what to do, without a full stop
   * @param cause for the log only
   */
  public SignInException(String message, Throwable cause) {
    super(message, cause);
  }
}
