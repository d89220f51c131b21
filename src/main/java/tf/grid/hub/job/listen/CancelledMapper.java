package tf.grid.hub.job.listen;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.Failure;
import tf.grid.hub.job.JobCancelled;

/** The owner ended a job whose answer somebody waits for. Stateless. */
@Provider
public final class CancelledMapper implements ExceptionMapper<JobCancelled> {

  @Override
  public Response toResponse(JobCancelled ending) {
    return Failure.answer(409, ending.getMessage());
  }
}
