package tf.grid.hub.space.api;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.space.check.ContentCheck;

/** The check of one flist. It reads all content, so that callers have to be signed in. */
@SingletonBean
@Path("flist/{repository}/{name}/check")
@Produces(MediaType.APPLICATION_JSON)
public class FlistCheckResource {
  private static final int MAX_RUNNING = 2;
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final AccessControl access;
  private final Catalogue catalogue;
  private final ContentCheck check;
  private final Semaphore free = new Semaphore(MAX_RUNNING);

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public FlistCheckResource() {
    this(null, null, null);
  }

  @Inject
  public FlistCheckResource(AccessControl access, Catalogue catalogue, ContentCheck check) {
    this.access = access;
    this.catalogue = catalogue;
    this.check = check;
  }

  /** Reads every chunk of a flist and opens it with its key; names the files that are not whole. */
  @GET
  public JsonObject check(
      @PathParam("repository") String repository, @PathParam("name") String name)
      throws IOException {
    access.toRead();
    LocatedFlist flist =
        catalogue.entries().locate(RepositoryName.requested(repository), FlistName.parse(name));
    if (!free.tryAcquire()) {
      throw TryAgainLaterException.tooMany(
          PAUSE, MAX_RUNNING + " flists are being checked, try again later");
    }
    try {
      return check.one(flist, repository + "/" + flist.name().stored()).json();
    } finally {
      free.release();
    }
  }
}
