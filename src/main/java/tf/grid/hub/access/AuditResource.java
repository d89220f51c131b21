package tf.grid.hub.access;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import tf.grid.hub.audit.AuditTail;
import tf.grid.hub.audit.AuditTail.Filter;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.error.ErrorAnswer;

/** The last entries of the audit log, for administrators. */
@SingletonBean
@Path("admin/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
  private static final int MAX_ENTRIES = 1_000;

  private final AccessControl access;
  private final AuditTail log;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public AuditResource() {
    this(null, null);
  }

  @Inject
  public AuditResource(AccessControl access, AuditTail log) {
    this.access = access;
    this.log = log;
  }

  /** Returns entries as they are in the log, newest first. */
  @GET
  public Response last(
      @QueryParam("user") @DefaultValue("") String user,
      @QueryParam("action") @DefaultValue("") String action,
      @QueryParam("text") @DefaultValue("") String text,
      @QueryParam("limit") @DefaultValue("100") String limit)
      throws IOException {
    access.toOperate();
    if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > MAX_ENTRIES) {
      return ErrorAnswer.answer(400, "limit must be a number from 1 to " + MAX_ENTRIES);
    }
    List<JsonObject> entries = log.last(new Filter(user, action, text), Integer.parseInt(limit));
    return Response.ok(Answer.of(entries)).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
