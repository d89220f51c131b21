package tf.grid.hub.account;

import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Authenticates visitors of the website, who send no token. Not used for {@code /api}. Thread-safe.
 */
@FunctionalInterface
public interface SessionAuthenticator {

  /**
   * Authenticates a page request, as in {@code HttpAuthenticationMechanism}.
   *
   * @throws AuthenticationException if authentication fails
   */
  AuthenticationStatus validate(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException;
}
