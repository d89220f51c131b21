package tf.grid.hub.account.token;

/** A user has as many tokens as anyone may have. */
public final class TooManyTokens extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManyTokens(int most) {
    super("you have " + most + " tokens, which is the most: revoke some that are not needed");
  }
}
