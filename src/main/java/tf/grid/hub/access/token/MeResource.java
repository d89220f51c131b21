package tf.grid.hub.access.token;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;

/** The current user, which clients query first. */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

  private final AccessControl access;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public MeResource() {
    this(null);
  }

  @Inject
  public MeResource(AccessControl access) {
    this.access = access;
  }

  /**
   * The payload of the answer.
   *
   * @param username the account that the caller acts for
   */
  public record Me(String username) {}

  @GET
  public Answer<Me> me() {
    return Answer.of(new Me(access.toRead().value()));
  }
}
