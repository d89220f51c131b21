package tf.grid.hub.catalogue.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.catalogue.Busy;
import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.http.Failure;

/** Tells clients what the catalogue does not have. Stateless. */
@Provider
public final class CatalogueMapper implements ExceptionMapper<CatalogueRefusal> {

  @Override
  public Response toResponse(CatalogueRefusal refusal) {
    if (refusal instanceof Busy busy) {
      return Failure.answerLater(busy.status(), busy.getMessage(), busy.pause());
    }
    return Failure.answer(refusal.status(), refusal.getMessage());
  }
}
