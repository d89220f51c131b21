package tf.grid.hub.upload;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import tf.grid.hub.http.Failure;

/** What clients are told of uploads that went wrong on their way in. Stateless. */
@Provider
public final class UploadMapper implements ExceptionMapper<UploadProblem> {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Override
  public Response toResponse(UploadProblem problem) {
    if (problem instanceof TooManyUploads) {
      return Failure.answerLater(429, problem.getMessage(), PAUSE);
    }
    // Clients know a form that names no archive by a 500.
    int status = problem instanceof UploadRefused ? 500 : 400;
    return Failure.answer(status, problem.getMessage());
  }
}
