package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.change.TagLinkChanges;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.Answer;

/**
 * Creates and deletes links to tags in the caller's repository. Old clients create them with {@code
 * GET}.
 */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class TagLinksResource {

  private static final String TAG_LINK = "{name}/crosstag/{repository}/{tag}";

  private final OwnRepository me;
  private final TagLinkChanges changes;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public TagLinksResource() {
    this(null, null);
  }

  @Inject
  public TagLinksResource(OwnRepository me, TagLinkChanges changes) {
    this.me = me;
    this.changes = changes;
  }

  /** Makes a link to a tag. */
  @PUT
  @Path(TAG_LINK)
  @Audited("crosstag")
  public Answer<Void> link(
      @PathParam("name") String name,
      @PathParam("repository") String repository,
      @PathParam("tag") String tag)
      throws IOException {
    RepositoryName own = me.toChange();
    TagLinkName link = TagLinkChanges.nameOf(name);
    changes.link(own, link, sourceRepository(repository), new TagName(tag));
    return Answer.success();
  }

  /** The same for old clients. */
  @GET
  @Path(TAG_LINK)
  @Audited("crosstag")
  public Answer<Void> linkByGet(
      @PathParam("name") String name,
      @PathParam("repository") String repository,
      @PathParam("tag") String tag)
      throws IOException {
    return link(name, repository, tag);
  }

  /** Removes a link to a tag. */
  @DELETE
  @Path(TAG_LINK)
  @Audited("uncrosstag")
  public Answer<Void> remove(
      @PathParam("name") String name,
      @PathParam("repository") String repository,
      @PathParam("tag") String tag)
      throws IOException {
    RepositoryName own = me.toChange();
    TagLinkName link = TagLinkChanges.nameOf(name);
    changes.remove(own, link, sourceRepository(repository), new TagName(tag));
    return Answer.success();
  }

  private static RepositoryName sourceRepository(String text) {
    try {
      return RepositoryName.requested(text);
    } catch (RepositoryNotFoundException e) {
      throw SourceNotFoundException.tag();
    }
  }
}
