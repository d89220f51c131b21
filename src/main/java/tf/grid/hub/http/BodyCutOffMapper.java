package tf.grid.hub.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Tells slow clients why their request ended; those that went away read nothing. Stateless. */
@Provider
public final class BodyCutOffMapper implements ExceptionMapper<BodyCutOff> {

  @Override
  public Response toResponse(BodyCutOff end) {
    return Failure.answer(400, end.getMessage());
  }
}
