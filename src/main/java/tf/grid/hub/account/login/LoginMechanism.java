package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A sign-in with an external provider: the browser is redirected to it and returns with a proof.
 * Thread-safe.
 */
public interface LoginMechanism {

  /** The name shown to users. */
  String title();

  /** The path on this site at which the sign-in starts. */
  String startPath();

  /** The path on this site to which the provider redirects the browser. */
  String returnPath();

  /**
   * Redirects the browser to the provider.
   *
   * @param attempt is given back when the browser returns
   * @throws SignInException if the provider is unavailable
   */
  void start(SignInAttempt attempt, HttpServletResponse response)
      throws IOException, SignInException;

  /**
   * Verifies the proof and returns the user.
   *
   * @param attempt of this browser, which has ended
   * @throws SignInException if the proof is invalid
   */
  Identity identify(HttpServletRequest request, SignInAttempt attempt) throws SignInException;
}
