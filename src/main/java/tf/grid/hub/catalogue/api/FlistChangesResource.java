package tf.grid.hub.catalogue.api;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.change.FlistChanges;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Deletes, renames and copies flists of the caller. {@code GET} is for old clients. */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class FlistChangesResource {

  private static final String RENAME = "{source}/rename/{destination}";
  private static final String PROMOTE = "promote/{repository}/{source}/{destination}";

  private final OwnRepository me;
  private final FlistChanges changes;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public FlistChangesResource() {
    this(null, null);
  }

  @Inject
  public FlistChangesResource(OwnRepository me, FlistChanges changes) {
    this.me = me;
    this.changes = changes;
  }

  /**
   * A flist of a repository.
   *
   * @param username the repository
   * @param filename the stored name of the flist
   */
  @JsonbPropertyOrder({"username", "filename"})
  public record Place(String username, String filename) {}

  /** The result of a copy. */
  @JsonbPropertyOrder({"source", "destination"})
  public record Copied(Place source, Place destination) {}

  /** Deletes a flist, a link or a link to a tag. */
  @DELETE
  @Path("{name}")
  @Audited("delete")
  public ChangeAnswer<Void> delete(@PathParam("name") String name) throws IOException {
    RepositoryName own = me.toChange();
    return ChangeAnswer.of(changes.delete(own, EntryName.parse(name)));
  }

  /** Renames a flist or link. */
  @POST
  @Path(RENAME)
  @Audited("rename")
  public ChangeAnswer<Void> rename(
      @PathParam("source") String source, @PathParam("destination") String destination)
      throws IOException {
    RepositoryName own = me.toChange();
    return ChangeAnswer.of(
        changes.rename(own, EntryName.parse(source), EntryName.parse(destination)));
  }

  @GET
  @Path(RENAME)
  @Audited("rename")
  public ChangeAnswer<Void> renameByGet(
      @PathParam("source") String source, @PathParam("destination") String destination)
      throws IOException {
    return rename(source, destination);
  }

  /** Copies a flist of any repository to the caller's own. */
  @POST
  @Path(PROMOTE)
  @Audited("promote")
  public ChangeAnswer<Copied> promote(
      @PathParam("repository") String repository,
      @PathParam("source") String source,
      @PathParam("destination") String destination)
      throws IOException {
    RepositoryName own = me.toChange();
    RepositoryName from = RepositoryName.requested(repository);
    FlistName name = FlistName.parse(source);
    FlistName copy = FlistName.parse(destination);
    Copied copied =
        new Copied(new Place(from.value(), name.stored()), new Place(own.value(), copy.stored()));
    return ChangeAnswer.of(copied, changes.promote(own, from, name, copy));
  }

  @GET
  @Path(PROMOTE)
  @Audited("promote")
  public ChangeAnswer<Copied> promoteByGet(
      @PathParam("repository") String repository,
      @PathParam("source") String source,
      @PathParam("destination") String destination)
      throws IOException {
    return promote(repository, source, destination);
  }
}
