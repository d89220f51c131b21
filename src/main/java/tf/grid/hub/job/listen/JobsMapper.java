package tf.grid.hub.job.listen;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import tf.grid.hub.http.Failure;
import tf.grid.hub.job.TooManyJobs;

/** As many jobs as allowed: clients may come again. Stateless. */
@Provider
public final class JobsMapper implements ExceptionMapper<TooManyJobs> {

  private static final Duration PAUSE = Duration.ofSeconds(10);

  @Override
  public Response toResponse(TooManyJobs refusal) {
    return Failure.answerLater(429, refusal.getMessage(), PAUSE);
  }
}
