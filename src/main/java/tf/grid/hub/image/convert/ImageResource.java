package tf.grid.hub.image.convert;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tf.grid.hub.access.ChangeKind;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.form.IncomingForms;
import tf.grid.hub.image.convert.ImageUpload.ArchiveSuffix;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.PublishAnswer;

/** Receives image archives, as a form or as the body, and converts them while they arrive. */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class ImageResource {
  private final OwnRepository me;
  private final ImageUpload uploads;
  private final IncomingForms forms;
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public ImageResource() {
    this(null, null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public ImageResource(
      OwnRepository me, ImageUpload uploads, IncomingForms forms, HttpServletRequest request) {
    this.me = me;
    this.uploads = uploads;
    this.forms = forms;
    this.request = request;
  }

  /** Converts an archive in a form with optional name and platform. */
  @POST
  @Audited("image")
  @Path("image")
  @Consumes(MediaType.WILDCARD)
  public JsonObject form(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      @HeaderParam("X-Original-Name") String originalName,
      InputStream body)
      throws IOException, ArchiveException {
    RepositoryName owner = me.toChange(ChangeKind.CONVERSION);
    Optional<String> original = Optional.ofNullable(originalName);
    AuditNotes notes = AuditNotes.of(request);
    return PublishAnswer.of(
        uploads.fromForm(
            owner,
            forms.receive(contentType, body),
            original,
            name -> notes.concerns("name", name.stored()),
            Progress.NONE));
  }

  /** Converts an archive in the body. */
  @PUT
  @Audited("image")
  @Path("image/{name}")
  @Consumes(MediaType.WILDCARD)
  public JsonObject archive(
      @PathParam("name") String name, @QueryParam("platform") String platform, InputStream body)
      throws IOException, ArchiveException {
    RepositoryName owner = me.toChange(ChangeKind.CONVERSION);
    FlistName flist = FlistName.parse(ArchiveSuffix.removed(name));
    AuditNotes.of(request).concerns("name", flist.stored());
    Optional<Platform> wanted = Optional.ofNullable(platform).map(Platform::parse);
    return PublishAnswer.of(uploads.fromStream(owner, flist, wanted, body, Progress.NONE));
  }
}
