package tf.grid.hub.account;

import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Recognises who uses the site, where no token is sent. Never asked for what is under {@code /api}.
 * Safe for any number of threads.
 */
@FunctionalInterface
public interface SessionAuthenticator {

  /**
   * Does for a page what a login mechanism does.
   *
   * @throws AuthenticationException when it cannot be known who that is
   */
  AuthenticationStatus validate(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException;
}
