package tf.grid.hub.image.convert;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ErrorAnswer;
import tf.grid.hub.image.reference.InvalidReferenceException;

/** A text that can be no image, digest or platform. Stateless. */
@Provider
public final class ReferenceMapper implements ExceptionMapper<InvalidReferenceException> {

  @Override
  public Response toResponse(InvalidReferenceException problem) {
    return ErrorAnswer.answer(400, problem.getMessage());
  }
}
