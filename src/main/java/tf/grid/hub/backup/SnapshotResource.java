package tf.grid.hub.backup;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Answer;

/** Snapshots of the hub, for administrators. */
@SingletonBean
@Path("admin/snapshot")
@Produces(MediaType.APPLICATION_JSON)
public class SnapshotResource {

  private final AccessControl access;
  private final Snapshots snapshots;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public SnapshotResource() {
    this(null, null);
  }

  @Inject
  public SnapshotResource(AccessControl access, Snapshots snapshots) {
    this.access = access;
    this.snapshots = snapshots;
  }

  /** Makes a snapshot and responds when it is complete. */
  @POST
  @Audited("snapshot")
  public Answer<JsonObject> take() throws IOException {
    access.toOperate();
    return Answer.of(snapshots.take().json());
  }
}
