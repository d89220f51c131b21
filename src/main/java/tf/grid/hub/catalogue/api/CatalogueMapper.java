package tf.grid.hub.catalogue.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.http.ErrorAnswer;

/** Tells clients what the catalogue does not have. Stateless. */
@Provider
public final class CatalogueMapper implements ExceptionMapper<CatalogueException> {

  @Override
  public Response toResponse(CatalogueException refusal) {
    return ErrorAnswer.answer(refusal.status(), refusal.getMessage());
  }
}
