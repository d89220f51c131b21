package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.statistics.DownloadCount;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.http.json.JsonBody;

/**
 * The number of downloads of a flist. Public. Not part of the summary, whose fields are those of
 * the earlier hub.
 */
@SingletonBean
@Path("flist")
public class DownloadCountResource extends JsonResource {
  private final Catalogue catalogue;
  private final DownloadCounts counts;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public DownloadCountResource() {
    this(null, null);
  }

  @Inject
  public DownloadCountResource(Catalogue catalogue, DownloadCounts counts) {
    this.catalogue = catalogue;
    this.counts = counts;
  }

  /** Returns how often and when a flist, or the target of a link, was downloaded. */
  @GET
  @Path("{repository}/{name: (?!tags/)[^/]+}/downloads")
  public Response downloads(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context HttpHeaders headers) {
    LocatedFlist flist =
        catalogue.entries().locate(RepositoryName.requested(repository), FlistName.parse(name));
    DownloadCount count = counts.of(flist.file().path());
    return answer(
        JsonBody.of(
            json -> {
              json.writeStartObject().write("downloads", count.downloads());
              count.lastTime().ifPresent(time -> json.write("last", time.getEpochSecond()));
              json.write("since", counts.since().getEpochSecond()).writeEnd();
            }),
        headers);
  }
}
