package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;

/** Flists of the caller. */
@SingletonBean
@Path("flist/me")
public class OwnFlistResource extends JsonResource {
  private final AccessControl access;
  private final FlistResource flists;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public OwnFlistResource() {
    this(null, null);
  }

  @Inject
  public OwnFlistResource(AccessControl access, FlistResource flists) {
    this.access = access;
    this.flists = flists;
  }

  /** Returns the contents of a flist of the acting account. */
  @GET
  @Path("{name}")
  public Response contents(@PathParam("name") String name, @Context HttpHeaders headers)
      throws IOException {
    return flists.contents(access.toRead().value(), name, headers);
  }

  /** These views are available only under the name of the repository, not under {@code me}. */
  @GET
  @Path("{name}/{view: light|metadata|taglink|downloads|archive|image}")
  public Response view() {
    throw new RepositoryNotFoundException();
  }
}
