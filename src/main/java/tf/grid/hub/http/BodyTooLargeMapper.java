package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.body.RequestBody.BodyTooLargeException;

/** Tells clients how much they may send. Stateless. */
@Provider
public final class BodyTooLargeMapper implements ExceptionMapper<BodyTooLargeException> {

  @Override
  public Response toResponse(BodyTooLargeException refusal) {
    return ErrorAnswer.answer(413, refusal.getMessage());
  }
}
