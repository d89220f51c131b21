package tf.grid.hub.image.convert;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.Failure;
import tf.grid.hub.image.reference.InvalidReference;

/** A text that can be no image, digest or platform. Stateless. */
@Provider
public final class ReferenceMapper implements ExceptionMapper<InvalidReference> {

  @Override
  public Response toResponse(InvalidReference problem) {
    return Failure.answer(400, problem.getMessage());
  }
}
