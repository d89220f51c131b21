package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.listing.Listings;

/** Everything in the catalogue at a glance. */
@SingletonBean
@Path("/")
public class RepositoriesResource extends JsonResource {

  private final Listings listings;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public RepositoriesResource() {
    this(null);
  }

  @Inject
  public RepositoriesResource(Listings listings) {
    this.listings = listings;
  }

  @GET
  @Path("repositories")
  public Response repositories(@Context HttpHeaders headers) {
    return answer(listings.current().repositories(), headers);
  }

  /** The entries of every repository. */
  @GET
  @Path("fileslist")
  public Response everything(@Context HttpHeaders headers) {
    return answer(listings.current().everything(), headers);
  }
}
