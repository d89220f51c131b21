package tf.grid.hub.access;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.account.AuthenticationFailure;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.problem.Problem;

/** A request that its sender may not make. The message is for the client. */
public abstract sealed class AccessException extends RuntimeException implements Problem {
  private static final long serialVersionUID = 1;

  private static final int FORBIDDEN = 403;

  private final int status;

  private AccessException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  @Override
  public int status() {
    return status;
  }

  /** The hub is a read-only mirror. */
  public static final class ReadOnlyModeException extends AccessException {
    private static final long serialVersionUID = 1;

    ReadOnlyModeException() {
      super(400, "readonly mode");
    }
  }

  /** The request has no valid credentials. */
  public static final class NotSignedInException extends AccessException {
    private static final long serialVersionUID = 1;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final AuthenticationFailure failure;

    /** Says what is wrong with the credentials. */
    public NotSignedInException(AuthenticationFailure failure) {
      super(
          switch (failure) {
            case NO_AUTHORIZATION, BAD_TOKEN -> 401;
            case MALFORMED_HEADER -> 400;
            case UNAVAILABLE -> 503;
          },
          switch (failure) {
            case NO_AUTHORIZATION -> "no authorization provided";
            case MALFORMED_HEADER -> "invalid authorization header";
            case BAD_TOKEN -> "invalid token";
            case UNAVAILABLE -> "who you are cannot be checked at the moment: try again later";
          });
      this.failure = failure;
    }

    /** What is wrong with the credentials. */
    public AuthenticationFailure failure() {
      return failure;
    }

    @Override
    public Optional<String> challenge() {
      return status() == 401 ? Optional.of("Bearer") : Optional.empty();
    }

    @Override
    public Optional<Duration> retryAfter() {
      return failure == AuthenticationFailure.UNAVAILABLE ? Optional.of(PAUSE) : Optional.empty();
    }
  }

  /** Only administrators may do this. */
  public static final class NotAdministratorException extends AccessException {
    private static final long serialVersionUID = 1;

    NotAdministratorException() {
      super(FORBIDDEN, "only administrators of this hub may do that");
    }
  }

  /** The request asks to act for an account that the caller may not act for. */
  public static final class AccountNotGrantedException extends AccessException {
    private static final long serialVersionUID = 1;

    private AccountNotGrantedException(String message) {
      super(FORBIDDEN, message);
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

  /** The token is valid, but its scope does not cover the request. */
  public static final class InsufficientScopeException extends AccessException {
    private static final long serialVersionUID = 1;

    public InsufficientScopeException(Scope needed) {
      super(FORBIDDEN, "this token has no scope '" + Scope.format(Set.of(needed)) + "'");
    }
  }

  /** Another site may have made the browser send this change (cross-site request forgery). */
  public static final class ForeignRequestException extends AccessException {
    private static final long serialVersionUID = 1;

    ForeignRequestException(String message) {
      super(FORBIDDEN, message);
    }
  }

  /** The form token is not, or no longer, one of the visitor's session. */
  public static final class StaleFormException extends AccessException {
    private static final long serialVersionUID = 1;

    StaleFormException() {
      super(
          FORBIDDEN,
          "this form is too old, or is not from a page of this hub: open the page again");
    }
  }
}
