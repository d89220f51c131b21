package tf.grid.hub.access;

/** The request asks to act for an account that the caller may not act for. */
public final class AccountNotGranted extends AccessRefused {
  private static final long serialVersionUID = 1;

  AccountNotGranted() {
    super("you may not act for the account that X-Active-User names");
  }
}
