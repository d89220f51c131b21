package tf.grid.hub.http.body;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.Failure;

/** Tells clients what is wrong with what they sent. Stateless. */
@Provider
public final class MalformedBodyMapper implements ExceptionMapper<MalformedBody> {

  @Override
  public Response toResponse(MalformedBody malformed) {
    return Failure.answer(400, malformed.getMessage());
  }
}
