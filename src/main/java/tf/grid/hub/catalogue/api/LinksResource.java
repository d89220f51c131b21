package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.change.LinkChanges;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.Answer;

/** Creates links to flists for the caller. {@code GET} is for old clients. */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class LinksResource {

  private static final String LINK = "{source}/link/{link}";
  private static final String CROSSLINK = "{link}/crosslink/{repository}/{source}";

  private final OwnRepository me;
  private final LinkChanges changes;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public LinksResource() {
    this(null, null);
  }

  @Inject
  public LinksResource(OwnRepository me, LinkChanges changes) {
    this.me = me;
    this.changes = changes;
  }

  /** Creates a link to a flist in the caller's repository. */
  @PUT
  @Path(LINK)
  @Audited("link")
  public Answer<Void> link(@PathParam("source") String source, @PathParam("link") String link)
      throws IOException {
    RepositoryName own = me.toChange();
    changes.link(own, FlistName.parse(source), FlistName.parse(link));
    return Answer.success();
  }

  @GET
  @Path(LINK)
  @Audited("link")
  public Answer<Void> linkByGet(@PathParam("source") String source, @PathParam("link") String link)
      throws IOException {
    return link(source, link);
  }

  /** Creates a link to a flist in any repository. */
  @PUT
  @Path(CROSSLINK)
  @Audited("crosslink")
  public Answer<Void> crosslink(
      @PathParam("link") String link,
      @PathParam("repository") String repository,
      @PathParam("source") String source)
      throws IOException {
    RepositoryName own = me.toChange();
    changes.crosslink(
        own, FlistName.parse(link), sourceRepository(repository), FlistName.parse(source));
    return Answer.success();
  }

  private static RepositoryName sourceRepository(String text) {
    try {
      return RepositoryName.requested(text);
    } catch (RepositoryNotFoundException e) {
      throw SourceNotFoundException.repository();
    }
  }

  @GET
  @Path(CROSSLINK)
  @Audited("crosslink")
  public Answer<Void> crosslinkByGet(
      @PathParam("link") String link,
      @PathParam("repository") String repository,
      @PathParam("source") String source)
      throws IOException {
    return crosslink(link, repository, source);
  }
}
