package tf.grid.hub.upload;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.http.Failure;

/** An archive that cannot become a flist: clients know it by a 500. Stateless. */
@Provider
public final class ArchiveMapper implements ExceptionMapper<ArchiveRejected> {

  @Override
  public Response toResponse(ArchiveRejected rejection) {
    return Failure.answer(500, rejection.getMessage());
  }
}
