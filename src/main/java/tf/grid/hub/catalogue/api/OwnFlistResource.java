package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;

/** The flists of whoever asks. */
@SingletonBean
@Path("flist/me")
public class OwnFlistResource extends JsonResource {
  private final AccessControl access;
  private final FlistResource flists;

  /** Takes who decides and who answers. */
  @Inject
  public OwnFlistResource(AccessControl access, FlistResource flists) {
    this.access = access;
    this.flists = flists;
  }

  /** What is in a flist of the acting account. */
  @GET
  @Path("{name}")
  public Response contents(@PathParam("name") String name, @Context HttpHeaders headers) {
    return flists.contents(access.toRead().value(), name, headers);
  }

  /** Of the own repository these are read under its name, not as {@code me}. */
  @GET
  @Path("{name}/{view: light|metadata|taglink}")
  public Response view() {
    throw new RepositoryNotFoundException();
  }
}
