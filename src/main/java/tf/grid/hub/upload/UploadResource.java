package tf.grid.hub.upload;

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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.UploadName;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.form.IncomingForms;
import tf.grid.hub.http.form.MultipartReader;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.publish.PublishAnswer;

/**
 * Receives archives, in a form or as the request body. Reads bodies while they arrive; the form
 * APIs of the server would write each file to disk first.
 */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class UploadResource {
  private final OwnRepository me;
  private final ArchiveUpload uploads;
  private final IncomingForms forms;
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public UploadResource() {
    this(null, null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public UploadResource(
      OwnRepository me, ArchiveUpload uploads, IncomingForms forms, HttpServletRequest request) {
    this.me = me;
    this.uploads = uploads;
    this.forms = forms;
    this.request = request;
  }

  /** Publishes an archive in a form, with optional metadata. */
  @POST
  @Audited("upload")
  @Path("upload")
  @Consumes(MediaType.WILDCARD)
  public JsonObject form(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      @HeaderParam("X-Original-Name") String originalName,
      InputStream body)
      throws IOException, ArchiveException {
    RepositoryName owner = me.toChange();
    AuditNotes notes = AuditNotes.of(request);
    return PublishAnswer.of(
        uploads.fromForm(
            owner,
            forms.receive(contentType, body),
            file -> FlistName.parse(UploadName.of(Optional.ofNullable(originalName), file)),
            name -> notes.concerns("name", name.stored()),
            Progress.NONE));
  }

  /** Publishes an archive in the body; the name may include the suffix of the archive. */
  @PUT
  @Audited("upload")
  @Path("{name}")
  @Consumes(MediaType.WILDCARD)
  public JsonObject archive(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      InputStream body)
      throws IOException, ArchiveException {
    RepositoryName owner = me.toChange();
    if (MultipartReader.isForm(contentType)) {
      throw new MalformedBodyException(
          "the body is a form, not an archive: send forms by POST to /api/flist/me/upload");
    }
    FlistName flist = FlistName.parse(UploadName.withoutSuffix(name));
    return PublishAnswer.of(uploads.fromStream(owner, flist, body, Progress.NONE));
  }
}
