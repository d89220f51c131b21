package tf.grid.hub.access;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.access.AccessException.NotSignedInException;
import tf.grid.hub.access.AccessException.ReadOnlyModeException;
import tf.grid.hub.account.AuthenticationFailure;
import tf.grid.hub.http.ErrorAnswer;

/** Tells clients why they may not. Stateless. */
@Provider
public final class AccessMapper implements ExceptionMapper<AccessException> {

  @Override
  public Response toResponse(AccessException refusal) {
    Response.ResponseBuilder answer = ErrorAnswer.builder(status(refusal), refusal.getMessage());
    if (refusal instanceof NotSignedInException missing
        && missing.problem() != AuthenticationFailure.MALFORMED_HEADER) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return answer.build();
  }

  /** The status of HTTP that says the same. */
  public static int status(AccessException refusal) {
    if (refusal instanceof NotSignedInException missing) {
      return missing.problem() == AuthenticationFailure.MALFORMED_HEADER ? 400 : 401;
    }
    return refusal instanceof ReadOnlyModeException ? 400 : 403;
  }
}
