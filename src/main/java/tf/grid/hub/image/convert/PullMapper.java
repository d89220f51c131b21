package tf.grid.hub.image.convert;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ErrorAnswer;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.PullException.ImageNotFoundException;
import tf.grid.hub.image.PullException.PullRateLimitException;

/** An image that cannot be had: clients know it by a 500 and how its message begins. Stateless. */
@Provider
public final class PullMapper implements ExceptionMapper<PullException> {

  @Override
  public Response toResponse(PullException failure) {
    Response answer = ErrorAnswer.answer(500, message(failure));
    return failure instanceof PullRateLimitException refused && refused.pause().isPresent()
        ? Response.fromResponse(answer)
            .header(HttpHeaders.RETRY_AFTER, refused.pause().get().toSeconds())
            .build()
        : answer;
  }

  /** What people are told. */
  public static String message(PullException failure) {
    String start =
        failure instanceof ImageNotFoundException
            ? "docker image not found"
            : "could not pull this image";
    return start + ": " + failure.getMessage();
  }
}
