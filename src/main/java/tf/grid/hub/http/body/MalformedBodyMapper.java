package tf.grid.hub.http.body;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ErrorAnswer;

/** Tells clients what is wrong with what they sent. Stateless. */
@Provider
public final class MalformedBodyMapper implements ExceptionMapper<MalformedBodyException> {

  @Override
  public Response toResponse(MalformedBodyException malformed) {
    return ErrorAnswer.answer(400, malformed.getMessage());
  }
}
