package tf.grid.hub.catalogue.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import tf.grid.hub.audit.Audited;

/**
 * Addresses with two meanings: {@code POST} asks for the action of the name, every other method for
 * the flist of the name. A literal address hides the one with a name in it, whatever the method, so
 * that each word needs its own.
 */
@ApplicationScoped
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class ActionWordsResource {

  private final OwnFlistResource flists;
  private final FlistChangesResource changes;

  /** For the container's proxy. */
  protected ActionWordsResource() {
    this(null, null);
  }

  /** Takes who answers for every other name. */
  @Inject
  public ActionWordsResource(OwnFlistResource flists, FlistChangesResource changes) {
    this.flists = flists;
    this.changes = changes;
  }

  /** What is in the flist {@code upload}. */
  @GET
  @Path("upload")
  public Response upload(@Context HttpHeaders headers) {
    return flists.contents("upload", headers);
  }

  /** Removes the flist {@code upload}. */
  @DELETE
  @Path("upload")
  @Audited("delete")
  public ChangeAnswer<Void> deleteUpload() throws IOException {
    return changes.delete("upload");
  }

  /** What is in the flist {@code upload-flist}. */
  @GET
  @Path("upload-flist")
  public Response uploadFlist(@Context HttpHeaders headers) {
    return flists.contents("upload-flist", headers);
  }

  /** Removes the flist {@code upload-flist}. */
  @DELETE
  @Path("upload-flist")
  @Audited("delete")
  public ChangeAnswer<Void> deleteUploadFlist() throws IOException {
    return changes.delete("upload-flist");
  }

  /** What is in the flist {@code docker}. */
  @GET
  @Path("docker")
  public Response docker(@Context HttpHeaders headers) {
    return flists.contents("docker", headers);
  }

  /** Removes the flist {@code docker}. */
  @DELETE
  @Path("docker")
  @Audited("delete")
  public ChangeAnswer<Void> deleteDocker() throws IOException {
    return changes.delete("docker");
  }

  /** What is in the flist {@code image}. */
  @GET
  @Path("image")
  public Response image(@Context HttpHeaders headers) {
    return flists.contents("image", headers);
  }

  /** Removes the flist {@code image}. */
  @DELETE
  @Path("image")
  @Audited("delete")
  public ChangeAnswer<Void> deleteImage() throws IOException {
    return changes.delete("image");
  }

  /** Below {@code image}, archives can be put, and nothing else is there. */
  @GET
  @Path("image/{view}")
  public Response belowImage(@PathParam("view") String view) {
    if (OwnFlistResource.VIEWS.contains(view)) {
      return flists.view();
    }
    throw new NotFoundException();
  }

  /** There is nothing to remove. */
  @DELETE
  @Path("image/{view}")
  public Response deleteBelowImage() {
    throw new NotFoundException();
  }

  /** What is in the flist {@code merge}. */
  @GET
  @Path("merge")
  public Response merge(@Context HttpHeaders headers) {
    return flists.contents("merge", headers);
  }

  /** Removes the flist {@code merge}. */
  @DELETE
  @Path("merge")
  @Audited("delete")
  public ChangeAnswer<Void> deleteMerge() throws IOException {
    return changes.delete("merge");
  }
}
