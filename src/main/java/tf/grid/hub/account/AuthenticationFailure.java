package tf.grid.hub.account;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Why a request is anonymous. The login mechanism leaves it with the request, because most requests
 * need no caller and only those that do should fail.
 */
public enum AuthenticationFailure {
  /** No token was sent. */
  NO_AUTHORIZATION,
  /** The header is not {@code bearer} and a token. */
  MALFORMED_HEADER,
  /** The token is not, or no longer, a good one. */
  BAD_TOKEN;

  private static final String ATTRIBUTE = AuthenticationFailure.class.getName();

  void leaveWith(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** What was left with a request. */
  public static AuthenticationFailure of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof AuthenticationFailure problem
        ? problem
        : NO_AUTHORIZATION;
  }
}
