package tf.grid.hub.access;

import tf.grid.hub.account.Caller;

/** The request asks to act for an account that the caller may not act for. */
public final class AccountNotGranted extends AccessRefused {
  private static final long serialVersionUID = 1;

  private AccountNotGranted(String message) {
    super(message);
  }

  static AccountNotGranted to(Caller caller) {
    return new AccountNotGranted(
        caller
            .repository()
            .map(
                name ->
                    "this token is for the repository "
                        + name
                        + " only, and only while you may act for it")
            .orElse("you may not act for the account that X-Active-User names"));
  }
}
