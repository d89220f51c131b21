package tf.grid.hub.http.error;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import tf.grid.hub.http.RequestId;
import tf.grid.hub.problem.Problem;

/**
 * Answers a {@link Problem} as it says. Any other exception is a defect: the log has its stack
 * trace, and the client gets the number of the incident.
 */
@Provider
public final class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Override
  public Response toResponse(Throwable failure) {
    return failure instanceof Problem problem
        ? answer(problem)
        : ErrorAnswer.answer(500, logged(failure));
  }

  private static Response answer(Problem problem) {
    problem.logTo(LOG);
    Response.ResponseBuilder answer =
        ErrorAnswer.builder(problem.status(), problem.publicMessage());
    problem
        .retryAfter()
        .ifPresent(pause -> answer.header(HttpHeaders.RETRY_AFTER, pause.toSeconds()));
    problem.challenge().ifPresent(value -> answer.header(HttpHeaders.WWW_AUTHENTICATE, value));
    return answer.build();
  }

  /** Writes an unexpected failure to the log and returns the message for the client. */
  public static String logged(Throwable failure) {
    String incident = RequestId.current().orElseGet(RequestId::random);
    LOG.log(Level.ERROR, "request failed, incident " + incident, failure);
    return "internal error, the log has it as " + incident;
  }
}
