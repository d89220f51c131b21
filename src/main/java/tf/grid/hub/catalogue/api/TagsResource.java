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
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.Answer;

/** Adds flists to tags of the caller and removes them. {@code GET} is for old clients. */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class TagsResource {

  private static final String ENTRY = "{tag}/{name}/tag/{repository}/{source}";

  private final OwnRepository me;
  private final TagChanges changes;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public TagsResource() {
    this(null, null);
  }

  @Inject
  public TagsResource(OwnRepository me, TagChanges changes) {
    this.me = me;
    this.changes = changes;
  }

  /** Adds a flist to a tag. */
  @PUT
  @Path(ENTRY)
  @Audited("tag")
  public Answer<Void> add(
      @PathParam("tag") String tag,
      @PathParam("name") String name,
      @PathParam("repository") String repository,
      @PathParam("source") String source)
      throws IOException {
    RepositoryName own = me.toChange();
    changes.add(
        own,
        new TagName(tag),
        FlistName.parse(name),
        sourceRepository(repository),
        FlistName.parse(source));
    return Answer.success();
  }

  @GET
  @Path(ENTRY)
  @Audited("tag")
  public Answer<Void> addByGet(
      @PathParam("tag") String tag,
      @PathParam("name") String name,
      @PathParam("repository") String repository,
      @PathParam("source") String source)
      throws IOException {
    return add(tag, name, repository, source);
  }

  /** Removes an entry from a tag. */
  @DELETE
  @Path(ENTRY)
  @Audited("untag")
  public ChangeAnswer<Void> remove(
      @PathParam("tag") String tag,
      @PathParam("name") String name,
      @PathParam("repository") String repository,
      @PathParam("source") String source)
      throws IOException {
    RepositoryName own = me.toChange();
    return ChangeAnswer.of(
        changes.remove(
            own,
            new TagName(tag),
            FlistName.parse(name),
            sourceRepository(repository),
            FlistName.parse(source)));
  }

  private static RepositoryName sourceRepository(String text) {
    try {
      return RepositoryName.requested(text);
    } catch (RepositoryNotFoundException e) {
      throw SourceNotFoundException.repository();
    }
  }
}
