package tf.grid.hub.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import tf.grid.hub.http.Answer;

/** Tells clients who they are, which they ask before anything else. */
@ApplicationScoped
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

  private final AccessControl access;

  /** For the container's proxy. */
  protected MeResource() {
    this(null);
  }

  /** Takes who decides. */
  @Inject
  public MeResource(AccessControl access) {
    this.access = access;
  }

  /**
   * Who the caller acts for.
   *
   * @param username the account
   */
  public record Me(String username) {}

  /** The acting account. */
  @GET
  public Answer<Me> me() {
    return Answer.of(new Me(access.toRead().value()));
  }
}
