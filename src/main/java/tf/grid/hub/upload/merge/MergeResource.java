package tf.grid.hub.upload.merge;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.upload.UploadRejectedException;

/** Merges flists into a flist in the caller's repository. */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class MergeResource {
  private final OwnRepository me;
  private final FlistMerger merging;
  private final MergeRequest requests;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public MergeResource() {
    this(null, null, null);
  }

  @Inject
  public MergeResource(OwnRepository me, FlistMerger merging, MergeRequest requests) {
    this.me = me;
    this.merging = merging;
    this.requests = requests;
  }

  /** The body is an array of {@code "repository/flist"}. */
  @POST
  @Audited("merge")
  @Path("merge/{target}")
  @Consumes(MediaType.WILDCARD)
  public JsonObject merge(@PathParam("target") String target, InputStream body) throws IOException {
    RepositoryName owner = me.toChange();
    List<String> sources = requests.read(body);
    List<String> warnings = merging.merge(owner, name(target), sources);
    JsonObjectBuilder answer = Json.createObjectBuilder().add("status", "success");
    if (!warnings.isEmpty()) {
      answer.add("warnings", Json.createArrayBuilder(warnings));
    }
    return answer.build();
  }

  private static FlistName name(String target) throws UploadRejectedException {
    try {
      return FlistName.parse(target);
    } catch (InvalidNameException e) {
      throw new UploadRejectedException("build name not allowed", e);
    }
  }
}
