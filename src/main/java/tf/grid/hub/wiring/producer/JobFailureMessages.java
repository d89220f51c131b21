package tf.grid.hub.wiring.producer;

import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.http.ProblemMapper;
import tf.grid.hub.job.Jobs.FailureMessage;
import tf.grid.hub.problem.Problem;

/** The message of a failed job, which is the one that the REST API would answer. */
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
