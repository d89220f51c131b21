package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.contents.Contents;
import tf.grid.hub.catalogue.contents.Summaries;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.INFO;
import tf.grid.hub.http.file.SpooledBody;
import tf.grid.hub.http.json.JsonBody;

/** Lists repositories, tags and flists. Public. */
@SingletonBean
@Path("flist")
public class FlistResource extends JsonResource {

  /** A flist; {@code tags} is excluded because it starts the path of a tag. */
  private static final String FLIST = "{repository}/{name: (?!tags/)[^/]+}";

  private final Catalogue catalogue;
  private final Listings listings;
  private final Contents contents;
  private final Summaries summaries;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public FlistResource() {
    this(null, null, null, null);
  }

  @Inject
  public FlistResource(
      Catalogue catalogue, Listings listings, Contents contents, Summaries summaries) {
    this.catalogue = catalogue;
    this.listings = listings;
    this.contents = contents;
    this.summaries = summaries;
  }

  /** Lists all entries of all repositories by stored name. */
  @GET
  public Response names(@Context HttpHeaders headers) {
    return answer(listings.current().names(), headers);
  }

  @GET
  @Path("{repository}")
  public Response repository(
      @PathParam("repository") String repository, @Context HttpHeaders headers) {
    RepositoryName name = RepositoryName.requested(repository);
    return answer(
        listings.current().repository(name).orElseThrow(RepositoryNotFoundException::new), headers);
  }

  @GET
  @Path("{repository}/tags/{tag}")
  public Response tag(
      @PathParam("repository") String repository,
      @PathParam("tag") String tag,
      @Context HttpHeaders headers) {
    RepositoryName name = RepositoryName.requested(repository);
    return answer(
        listings.current().tag(name, new TagName(tag)).orElseThrow(FlistNotFoundException::new),
        headers);
  }

  @GET
  @Path(FLIST)
  public Response contents(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context HttpHeaders headers)
      throws IOException {
    LocatedFlist flist = locate(repository, name);
    Optional<JsonBody> known = contents.entries(flist);
    return known.isPresent()
        ? answer(known.get(), headers)
        : spooled(contents.spooledEntries(flist));
  }

  /** Returns the summary of a flist, for old clients. */
  @INFO
  @Path(FLIST)
  public Response info(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context HttpHeaders headers) {
    return light(repository, name, headers);
  }

  /** Returns the summary of a flist. */
  @GET
  @Path(FLIST + "/light")
  public Response light(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context HttpHeaders headers) {
    return answer(summaries.of(locate(repository, name)), headers);
  }

  /** Returns the target of a link to a tag. */
  @GET
  @Path(FLIST + "/taglink")
  public Response tagLink(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context HttpHeaders headers) {
    return answer(summaries.ofTagLink(RepositoryName.requested(repository), name), headers);
  }

  @GET
  @Path(FLIST + "/metadata")
  public Response metadata(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context HttpHeaders headers) {
    return answer(contents.metadata(locate(repository, name)), headers);
  }

  private LocatedFlist locate(String repository, String name) {
    return catalogue.entries().locate(RepositoryName.requested(repository), FlistName.parse(name));
  }

  private static Response spooled(SpooledBody body) {
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, body.length())
        .build();
  }
}
