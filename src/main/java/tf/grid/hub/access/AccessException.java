package tf.grid.hub.access;

import java.util.Set;
import tf.grid.hub.account.AuthenticationFailure;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;

/** A request that its sender may not make; the subtypes say why, the message is for the client. */
public abstract sealed class AccessException extends RuntimeException {
  private static final long serialVersionUID = 1;

  AccessException(String message) {
    super(message, null, false, false);
  }

  /** The hub is a mirror: nothing can be changed. */
  public static final class ReadOnlyModeException extends AccessException {
    private static final long serialVersionUID = 1;

    ReadOnlyModeException() {
      super("readonly mode");
    }
  }

  /** The request needs a caller and has none. */
  public static final class NotSignedInException extends AccessException {
    private static final long serialVersionUID = 1;

    private final AuthenticationFailure problem;

    NotSignedInException(AuthenticationFailure problem) {
      super(
          switch (problem) {
            case NO_AUTHORIZATION -> "no authorization provided";
            case MALFORMED_HEADER -> "invalid authorization header";
            case BAD_TOKEN -> "invalid token";
          });
      this.problem = problem;
    }

    /** What is wrong with what the request brought. */
    public AuthenticationFailure problem() {
      return problem;
    }
  }

  /** The request asks to act for an account that the caller may not act for. */
  public static final class AccountNotGrantedException extends AccessException {
    private static final long serialVersionUID = 1;

    private AccountNotGrantedException(String message) {
      super(message);
    }

    static AccountNotGrantedException to(Caller caller) {
      return new AccountNotGrantedException(
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

  /** The token is good, but not for this kind of request. */
  public static final class InsufficientScopeException extends AccessException {
    private static final long serialVersionUID = 1;

    InsufficientScopeException(Scope needed) {
      super("this token has no scope '" + Scope.format(Set.of(needed)) + "'");
    }
  }

  /** A change on a hub without authentication that another site may have made a browser send. */
  public static final class ForeignRequestException extends AccessException {
    private static final long serialVersionUID = 1;

    ForeignRequestException(String message) {
      super(message);
    }
  }

  /** A form that no page of the visitor's session has, or not any more. */
  public static final class StaleFormException extends AccessException {
    private static final long serialVersionUID = 1;

    StaleFormException() {
      super("this form is too old, or is not from a page of this hub: open the page again");
    }
  }
}
