package tf.grid.hub.job.listen;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ErrorAnswer;
import tf.grid.hub.job.Job.JobCancelledException;

/** The owner ended a job whose answer somebody waits for. Stateless. */
@Provider
public final class CancelledMapper implements ExceptionMapper<JobCancelledException> {

  @Override
  public Response toResponse(JobCancelledException ending) {
    return ErrorAnswer.answer(409, ending.getMessage());
  }
}
