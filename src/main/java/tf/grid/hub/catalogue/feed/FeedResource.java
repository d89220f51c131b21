package tf.grid.hub.catalogue.feed;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.util.List;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.download.SiteAddress;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.file.EntityTags;
import tf.grid.hub.http.file.Sha256;
import tf.grid.hub.http.send.Body;

/** The changes of a repository as an Atom feed. Public. */
@SingletonBean
@Path("feed/{repository}")
public class FeedResource {

  private final Listings listings;
  private final SiteAddress site;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public FeedResource() {
    this(null, null);
  }

  @Inject
  public FeedResource(Listings listings, SiteAddress site) {
    this.listings = listings;
    this.site = site;
  }

  /** Returns the entries that changed last; 304 if the client knows them. */
  @GET
  public Response changes(@PathParam("repository") String text, @Context HttpHeaders headers) {
    RepositoryName repository = RepositoryName.requested(text);
    List<ListingEntry> entries =
        listings
            .current()
            .snapshot()
            .entries(repository)
            .orElseThrow(RepositoryNotFoundException::new);
    byte[] feed = AtomFeed.of(site.publicUrl(), repository, entries);
    MessageDigest digest = Sha256.start();
    digest.update(feed);
    String tag = '"' + Sha256.tag(digest) + '"';
    String known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    Response.ResponseBuilder answer =
        known != null && EntityTags.matchWeakly(known, tag)
            ? Response.notModified()
            : Response.ok(Body.of(feed), AtomFeed.TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, feed.length);
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }
}
