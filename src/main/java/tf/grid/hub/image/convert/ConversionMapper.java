package tf.grid.hub.image.convert;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ErrorAnswer;
import tf.grid.hub.image.convert.ConversionRequest.ConversionRequestException;

/** A form that says too little. Stateless. */
@Provider
public final class ConversionMapper implements ExceptionMapper<ConversionRequestException> {

  @Override
  public Response toResponse(ConversionRequestException problem) {
    return ErrorAnswer.answer(400, problem.getMessage());
  }
}
