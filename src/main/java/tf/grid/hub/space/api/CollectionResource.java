package tf.grid.hub.space.api;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.space.GarbageCollection;

/** The collection of unused chunks, for administrators. */
@SingletonBean
@Path("admin/gc")
@Produces(MediaType.APPLICATION_JSON)
public class CollectionResource {
  private final AccessControl access;
  private final GarbageCollection collection;
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public CollectionResource() {
    this(null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public CollectionResource(
      AccessControl access, GarbageCollection collection, HttpServletRequest request) {
    this.access = access;
    this.collection = collection;
    this.request = request;
  }

  /** Starts a collection, or a dry run, as a job: 202 with its id. */
  @POST
  @Audited("collect")
  public Response start(@Context UriInfo address) {
    AccountName account = access.toOperate();
    return DryRun.of(address.getQueryParameters())
        .map(dryRun -> start(account, dryRun))
        .orElseGet(() -> ErrorAnswer.answer(400, DryRun.EXPECTED));
  }

  private Response start(AccountName account, boolean dryRun) {
    if (dryRun) {
      AuditNotes.of(request).isDryRun();
    }
    return Response.accepted(collection.start(account, dryRun).answer()).build();
  }

  /** Returns the progress of the running collection and the last reports. */
  @GET
  public Answer<JsonObject> state() {
    access.toOperate();
    return Answer.of(collection.json());
  }

  /** Cancels the running collection. What it has deleted stays deleted. */
  @DELETE
  @Audited("cancel-collection")
  public Response cancel() {
    access.toOperate();
    return collection.cancel()
        ? Response.ok(Answer.success()).build()
        : ErrorAnswer.answer(404, "no collection is running");
  }
}
