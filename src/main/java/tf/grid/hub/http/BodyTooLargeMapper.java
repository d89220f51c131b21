package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Tells clients how much they may send. Stateless. */
@Provider
public final class BodyTooLargeMapper implements ExceptionMapper<BodyTooLarge> {

  @Override
  public Response toResponse(BodyTooLarge refusal) {
    return Failure.answer(413, refusal.getMessage());
  }
}
