package tf.grid.hub.http.body;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.Failure;

/** Asks clients for another try. Stateless. */
@Provider
public final class TooManyBodiesMapper implements ExceptionMapper<TooManyBodies> {
  @Override
  public Response toResponse(TooManyBodies refusal) {
    return Failure.answerLater(429, refusal.getMessage(), TooManyBodies.PAUSE);
  }
}
