package tf.grid.hub.mirror;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.Answer;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.body.SmallBodies;
import tf.grid.hub.http.form.TextFields;

/** The mirror, and copies of single repositories of other hubs, for administrators. */
@SingletonBean
@Path("admin/mirror")
@Produces(MediaType.APPLICATION_JSON)
public class MirrorResource {
  private static final int MOST_BYTES = 16 << 10;
  private static final String SOURCE = "source";
  private static final String REPOSITORY = "repository";
  private static final String TARGET = "target";

  private final AccessControl access;
  private final MirrorStatus status;
  private final RepositoryImport imports;
  private final SmallBodies bodies;
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public MirrorResource() {
    this(null, null, null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public MirrorResource(
      AccessControl access,
      MirrorStatus status,
      RepositoryImport imports,
      SmallBodies bodies,
      HttpServletRequest request) {
    this.access = access;
    this.status = status;
    this.imports = imports;
    this.bodies = bodies;
    this.request = request;
  }

  /** Returns whether this hub follows another one, and since when it lags. */
  @GET
  public Answer<JsonObject> state() {
    access.toOperate();
    return Answer.of(status.json());
  }

  /** Copies a repository of another hub as a job: 202 with its id. */
  @POST
  @Audited("mirror")
  @Consumes(MediaType.WILDCARD)
  public Response copy(@HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body)
      throws IOException {
    AccountName account = access.toOperate();
    access.refuseReadOnly();
    Map<String, String> fields =
        bodies.read(
            access.sender(),
            body,
            MOST_BYTES,
            bounded -> TextFields.read(contentType, bounded, Set.of(SOURCE, REPOSITORY, TARGET)));
    RepositoryImport.Wish wish = wish(fields);
    AuditNotes notes = AuditNotes.of(request);
    notes.concerns(SOURCE, wish.source().toString());
    notes.concerns(REPOSITORY, wish.to().value());
    return Response.accepted(imports.start(account, wish).answer()).build();
  }

  private static RepositoryImport.Wish wish(Map<String, String> fields) throws IOException {
    RepositoryName from = new RepositoryName(fields.getOrDefault(REPOSITORY, ""));
    String target = fields.getOrDefault(TARGET, "");
    return new RepositoryImport.Wish(
        address(fields.getOrDefault(SOURCE, "")),
        from,
        target.isEmpty() ? from : new RepositoryName(target));
  }

  private static URI address(String text) throws MalformedBodyException {
    try {
      URI address = URI.create(text.replaceFirst("/+$", ""));
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (web
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like other invalid addresses.
    }
    throw new MalformedBodyException(
        "'source' is no address of a hub, such as https://hub.example");
  }
}
