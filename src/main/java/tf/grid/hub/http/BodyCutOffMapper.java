package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.body.RequestBody.BodyCutOffException;

/** Tells slow clients why their request ended; those that went away read nothing. Stateless. */
@Provider
public final class BodyCutOffMapper implements ExceptionMapper<BodyCutOffException> {

  @Override
  public Response toResponse(BodyCutOffException end) {
    return ErrorAnswer.answer(400, end.getMessage());
  }
}
