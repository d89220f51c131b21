package tf.grid.hub.account;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Why a request is anonymous. The authentication mechanism stores the reason in the request instead
 * of rejecting it, because most requests need no caller.
 */
public enum AuthenticationFailure {
  NO_AUTHORIZATION,
  /** The header is not {@code bearer <token>}. */
  MALFORMED_HEADER,
  /** The token is invalid, expired or revoked. */
  BAD_TOKEN,
  /** The token or session cannot be checked at the moment. */
  UNAVAILABLE;

  private static final String ATTRIBUTE = AuthenticationFailure.class.getName();

  void leaveWith(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Returns the reason stored in a request. */
  public static AuthenticationFailure of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof AuthenticationFailure problem
        ? problem
        : NO_AUTHORIZATION;
  }
}
