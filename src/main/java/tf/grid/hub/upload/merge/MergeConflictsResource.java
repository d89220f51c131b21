package tf.grid.hub.upload.merge;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.json.JsonBody;

/** Lists the conflicts of a merge; public. */
@SingletonBean
@Path("merge/conflicts")
@Produces(MediaType.APPLICATION_JSON)
public class MergeConflictsResource {
  private final MergeConflicts conflicts;
  private final MergeRequest requests;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public MergeConflictsResource() {
    this(null, null);
  }

  @Inject
  public MergeConflictsResource(MergeConflicts conflicts, MergeRequest requests) {
    this.conflicts = conflicts;
    this.requests = requests;
  }

  /** The body is that of a merge. */
  @POST
  @Consumes(MediaType.WILDCARD)
  public Response conflicts(InputStream body) throws IOException {
    JsonBody answer = conflicts.of(requests.read(body));
    return Response.ok(answer.plain(), MediaType.APPLICATION_JSON_TYPE).build();
  }
}
