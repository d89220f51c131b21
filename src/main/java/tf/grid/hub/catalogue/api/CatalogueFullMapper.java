package tf.grid.hub.catalogue.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;
import tf.grid.hub.catalogue.CatalogueFullException;
import tf.grid.hub.http.ErrorAnswer;

/** Tells clients and the log that the disk is full. Stateless. */
@Provider
public final class CatalogueFullMapper implements ExceptionMapper<CatalogueFullException> {

  private static final System.Logger LOG = System.getLogger(CatalogueFullMapper.class.getName());
  private static final int INSUFFICIENT_STORAGE = 507;

  @Override
  public Response toResponse(CatalogueFullException failure) {
    LOG.log(Level.WARNING, "{0}: {1}", failure.getMessage(), failure.getCause());
    return ErrorAnswer.answer(INSUFFICIENT_STORAGE, failure.getMessage());
  }
}
