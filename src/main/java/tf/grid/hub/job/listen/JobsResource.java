package tf.grid.hub.job.listen;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.ChangeKind;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobId;
import tf.grid.hub.job.Jobs;

/** Jobs in the REST API: polling for clients that cannot use event streams, and cancelling. */
@SingletonBean
@Path("jobs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

  private final AccessControl access;
  private final Jobs jobs;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public JobsResource() {
    this(null, null);
  }

  @Inject
  public JobsResource(AccessControl access, Jobs jobs) {
    this.access = access;
    this.jobs = jobs;
  }

  /** Returns the latest event, in the same form as in the event stream. */
  @GET
  public Response look(@PathParam("id") String id) {
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    return find(id)
        .map(job -> Response.ok(job.latest().event().json()).cacheControl(never).build())
        .orElseGet(JobsResource::unknown);
  }

  /** Cancels a job of the acting account. Has no effect after its end. */
  @DELETE
  @Audited("cancel-job")
  public Response cancel(@PathParam("id") String id) {
    AccountName account = access.toChange(ChangeKind.UNCOUNTED);
    Optional<Job> own = find(id).filter(job -> job.owner().equals(account));
    own.ifPresent(Job::cancel);
    return own.isPresent() ? Response.ok(Answer.success()).build() : unknown();
  }

  private Optional<Job> find(String id) {
    return JobId.parse(id).flatMap(jobs::find);
  }

  private static Response unknown() {
    return ErrorAnswer.answer(404, "job id not found");
  }
}
