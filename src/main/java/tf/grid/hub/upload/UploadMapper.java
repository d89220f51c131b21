package tf.grid.hub.upload;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import tf.grid.hub.http.ErrorAnswer;
import tf.grid.hub.upload.UploadException.TooManyUploadsException;
import tf.grid.hub.upload.UploadException.UploadRejectedException;

/** What clients are told of uploads that went wrong on their way in. Stateless. */
@Provider
public final class UploadMapper implements ExceptionMapper<UploadException> {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Override
  public Response toResponse(UploadException problem) {
    if (problem instanceof TooManyUploadsException) {
      return ErrorAnswer.answerLater(429, problem.getMessage(), PAUSE);
    }
    // Clients know a form that names no archive by a 500.
    int status = problem instanceof UploadRejectedException ? 500 : 400;
    return ErrorAnswer.answer(status, problem.getMessage());
  }
}
