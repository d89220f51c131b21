package tf.grid.hub.job.listen;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import tf.grid.hub.http.ErrorAnswer;
import tf.grid.hub.job.Jobs.TooManyJobsException;

/** As many jobs as allowed: clients may come again. Stateless. */
@Provider
public final class JobsMapper implements ExceptionMapper<TooManyJobsException> {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Override
  public Response toResponse(TooManyJobsException refusal) {
    return ErrorAnswer.answerLater(429, refusal.getMessage(), PAUSE);
  }
}
