package tf.grid.hub.access;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.account.SignInProblem;
import tf.grid.hub.http.Failure;

/** Tells clients why they may not. Stateless. */
@Provider
public final class AccessMapper implements ExceptionMapper<AccessRefused> {

  @Override
  public Response toResponse(AccessRefused refusal) {
    Response.ResponseBuilder answer = Failure.builder(status(refusal), refusal.getMessage());
    if (refusal instanceof NotSignedIn missing
        && missing.problem() != SignInProblem.MALFORMED_HEADER) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return answer.build();
  }

  /** The status of HTTP that says the same. */
  public static int status(AccessRefused refusal) {
    if (refusal instanceof NotSignedIn missing) {
      return missing.problem() == SignInProblem.MALFORMED_HEADER ? 400 : 401;
    }
    return refusal instanceof ReadOnlyMode ? 400 : 403;
  }
}
