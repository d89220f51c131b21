package tf.grid.hub.image.convert;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.Failure;

/** A form that says too little. Stateless. */
@Provider
public final class ConversionMapper implements ExceptionMapper<ConversionRefused> {

  @Override
  public Response toResponse(ConversionRefused problem) {
    return Failure.answer(400, problem.getMessage());
  }
}
