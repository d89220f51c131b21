package tf.grid.hub.access;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ErrorAnswer;

/** Tells clients why they may not. Stateless. */
@Provider
public final class AccessMapper implements ExceptionMapper<AccessException> {

  @Override
  public Response toResponse(AccessException refusal) {
    Response.ResponseBuilder answer = ErrorAnswer.builder(status(refusal), refusal.getMessage());
    refusal.challenge().ifPresent(value -> answer.header(HttpHeaders.WWW_AUTHENTICATE, value));
    return answer.build();
  }

  /** The status of HTTP that says the same. */
  public static int status(AccessException refusal) {
    return refusal.status();
  }
}
