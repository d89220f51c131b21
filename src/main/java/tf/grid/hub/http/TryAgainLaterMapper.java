package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.limit.TryAgainLaterException;

/** Answers requests over a limit. Stateless. */
@Provider
public final class TryAgainLaterMapper implements ExceptionMapper<TryAgainLaterException> {

  @Override
  public Response toResponse(TryAgainLaterException problem) {
    return ErrorAnswer.answerLater(
        problem.status(), problem.publicMessage(), problem.retryAfter().orElseThrow());
  }
}
