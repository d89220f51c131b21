package tf.grid.hub.image.convert;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.Failure;
import tf.grid.hub.image.pull.ImageNotFound;
import tf.grid.hub.image.pull.PullFailure;
import tf.grid.hub.image.pull.TooManyPulls;

/** An image that cannot be had: clients know it by a 500 and how its message begins. Stateless. */
@Provider
public final class PullMapper implements ExceptionMapper<PullFailure> {

  @Override
  public Response toResponse(PullFailure failure) {
    Response answer = Failure.answer(500, message(failure));
    return failure instanceof TooManyPulls refused && refused.pause().isPresent()
        ? Response.fromResponse(answer)
            .header(HttpHeaders.RETRY_AFTER, refused.pause().get().toSeconds())
            .build()
        : answer;
  }

  /** What people are told. */
  public static String message(PullFailure failure) {
    String start =
        failure instanceof ImageNotFound ? "docker image not found" : "could not pull this image";
    return start + ": " + failure.getMessage();
  }
}
