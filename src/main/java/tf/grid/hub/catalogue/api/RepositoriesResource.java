package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.listing.ListingBodies;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.quota.Quota;
import tf.grid.hub.catalogue.quota.Quotas;
import tf.grid.hub.catalogue.quota.RepositoryUsage;
import tf.grid.hub.http.json.JsonBody;

/** Everything in the catalogue at a glance. */
@SingletonBean
@Path("/")
public class RepositoriesResource extends JsonResource {

  /** Flists that a request reads at most to find out how large their contents are. */
  private static final int MAX_READS = 100;

  private final Listings listings;
  private final Catalogue catalogue;
  private final Quotas quotas;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public RepositoriesResource() {
    this(null, null, null);
  }

  @Inject
  public RepositoriesResource(Listings listings, Catalogue catalogue, Quotas quotas) {
    this.listings = listings;
    this.catalogue = catalogue;
    this.quotas = quotas;
  }

  @GET
  @Path("repositories")
  public Response repositories(@Context HttpHeaders headers) {
    return answer(listings.current().repositories(), headers);
  }

  /** How much a repository has, and how much it may have. */
  @GET
  @Path("repositories/{repository}")
  public Response repository(
      @PathParam("repository") String repository, @Context HttpHeaders headers) throws IOException {
    RepositoryName name = RepositoryName.requested(repository);
    ListingBodies now = listings.current();
    if (!now.snapshot().repositories().contains(name)) {
      throw new RepositoryNotFoundException();
    }
    RepositoryUsage usage = quotas.usage(catalogue.flists(name).values(), MAX_READS);
    Quota quota = quotas.of(name);
    return answer(
        JsonBody.of(
            json -> {
              json.writeStartObject()
                  .write("name", name.value())
                  .write("official", now.isOfficial(name))
                  .write("updated", now.snapshot().updated(name))
                  .write("flists", usage.flists())
                  .write("content-bytes", usage.contentBytes());
              if (usage.unmeasured() > 0) {
                json.write("unmeasured", usage.unmeasured());
              }
              json.writeStartObject("quota");
              quota.flists().ifPresent(most -> json.write("flists", most));
              quota.contentBytes().ifPresent(most -> json.write("content-bytes", most));
              json.writeEnd().writeEnd();
            }),
        headers);
  }

  /** The entries of every repository. */
  @GET
  @Path("fileslist")
  public Response everything(@Context HttpHeaders headers) {
    return answer(listings.current().everything(), headers);
  }
}
