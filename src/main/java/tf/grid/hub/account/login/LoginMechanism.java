package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A way to sign in elsewhere: the browser is sent away and comes back with a proof. Safe for any
 * number of threads.
 */
public interface LoginMechanism {

  /** What people call it. */
  String title();

  /** Where signing in starts, a path of the site. */
  String startPath();

  /** Where the browser comes back to, a path of the site. */
  String returnPath();

  /**
   * Sends the browser away. What must be known when it is back is left in its session.
   *
   * @throws SignInException when the other side cannot be used just now
   */
  void start(HttpServletRequest request, HttpServletResponse response)
      throws IOException, SignInException;

  /**
   * Who came back.
   *
   * @throws SignInException when that is not proved
   */
  Identity identify(HttpServletRequest request) throws SignInException;
}
