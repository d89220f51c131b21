package tf.grid.hub.access;

import tf.grid.hub.account.SignInProblem;

/** The request needs a caller and has none. */
public final class NotSignedIn extends AccessRefused {
  private static final long serialVersionUID = 1;

  private final SignInProblem problem;

  NotSignedIn(SignInProblem problem) {
    super(
        switch (problem) {
          case NO_AUTHORIZATION -> "no authorization provided";
          case MALFORMED_HEADER -> "invalid authorization header";
          case BAD_TOKEN -> "invalid token";
        });
    this.problem = problem;
  }

  /** What is wrong with what the request brought. */
  public SignInProblem problem() {
    return problem;
  }
}
