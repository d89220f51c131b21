package tf.grid.hub.wiring.producer;

import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.http.error.ProblemMapper;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.problem.Problem;

/** The message of a failed job: the same that the REST API would send. */
final class JobFailureMessages implements FailureMessage {

  @Override
  public String of(Throwable failure) {
    if (failure instanceof Problem problem) {
      return problem.publicMessage();
    }
    return failure instanceof FlistRejectedException
        ? failure.getMessage()
        : ProblemMapper.logged(failure);
  }
}
