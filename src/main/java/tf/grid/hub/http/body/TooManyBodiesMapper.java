package tf.grid.hub.http.body;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ErrorAnswer;
import tf.grid.hub.http.body.SmallBodies.TooManyBodiesException;

/** Asks clients for another try. Stateless. */
@Provider
public final class TooManyBodiesMapper implements ExceptionMapper<TooManyBodiesException> {
  @Override
  public Response toResponse(TooManyBodiesException refusal) {
    return ErrorAnswer.answerLater(429, refusal.getMessage(), TooManyBodiesException.PAUSE);
  }
}
