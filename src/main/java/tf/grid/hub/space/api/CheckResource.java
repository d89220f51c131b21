package tf.grid.hub.space.api;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.space.ContentChecks;

/** The check of all content, for administrators. */
@SingletonBean
@Path("admin/check")
@Produces(MediaType.APPLICATION_JSON)
public class CheckResource {
  private final AccessControl access;
  private final ContentChecks checks;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public CheckResource() {
    this(null, null);
  }

  @Inject
  public CheckResource(AccessControl access, ContentChecks checks) {
    this.access = access;
    this.checks = checks;
  }

  /**
   * Starts a check of all flists as a job: 202 with its id.
   *
   * @param quick present to only ask which chunks are there, without reading them
   */
  @POST
  @Audited("check")
  public Response start(@QueryParam("quick") String quick) {
    AccountName account = access.toOperate();
    boolean content = quick == null || quick.equals("false");
    return Response.accepted(checks.start(account, content).answer()).build();
  }

  /** Returns the progress of the running check and the last report. */
  @GET
  public Answer<JsonObject> state() {
    access.toOperate();
    return Answer.of(checks.json());
  }

  /** Cancels the running check. */
  @DELETE
  @Audited("cancel-check")
  public Response cancel() {
    access.toOperate();
    return checks.cancel()
        ? Response.ok(Answer.success()).build()
        : ErrorAnswer.answer(404, "no check is running");
  }
}
