package tf.grid.hub.catalogue.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.catalogue.Busy;
import tf.grid.hub.catalogue.FlistUnreadable;
import tf.grid.hub.catalogue.change.LinkConflict;
import tf.grid.hub.catalogue.comparison.BadPage;
import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.catalogue.name.InvalidName;
import tf.grid.hub.http.Failure;

/** Tells clients what the catalogue does not have. Stateless. */
@Provider
public final class CatalogueMapper implements ExceptionMapper<CatalogueRefusal> {

  @Override
  public Response toResponse(CatalogueRefusal refusal) {
    if (refusal instanceof Busy busy) {
      return Failure.answerLater(503, busy.getMessage(), busy.pause());
    }
    return Failure.answer(status(refusal), refusal.getMessage());
  }

  private static int status(CatalogueRefusal refusal) {
    if (refusal instanceof InvalidName || refusal instanceof BadPage) {
      return 400;
    }
    // Clients know that a link cannot be made by a 401.
    if (refusal instanceof LinkConflict) {
      return 401;
    }
    return refusal instanceof FlistUnreadable ? 500 : 404;
  }
}
