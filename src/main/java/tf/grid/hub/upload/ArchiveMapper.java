package tf.grid.hub.upload;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.http.ErrorAnswer;

/** An archive that cannot become a flist: clients know it by a 500. Stateless. */
@Provider
public final class ArchiveMapper implements ExceptionMapper<ArchiveException> {

  @Override
  public Response toResponse(ArchiveException rejection) {
    return ErrorAnswer.answer(500, rejection.getMessage());
  }
}
