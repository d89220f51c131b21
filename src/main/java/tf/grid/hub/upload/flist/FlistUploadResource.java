package tf.grid.hub.upload.flist;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.api.OwnRepository;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.UploadName;
import tf.grid.hub.http.file.SpooledBody;
import tf.grid.hub.http.form.IncomingForms;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.upload.flist.FlistUpload.UploadedFlist;

/** Receives flists in forms and reads them while they arrive. */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class FlistUploadResource {
  private final OwnRepository me;
  private final FlistUpload uploads;
  private final IncomingForms forms;
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public FlistUploadResource() {
    this(null, null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public FlistUploadResource(
      OwnRepository me, FlistUpload uploads, IncomingForms forms, HttpServletRequest request) {
    this.me = me;
    this.uploads = uploads;
    this.forms = forms;
    this.request = request;
  }

  /** Publishes a flist in a form. */
  @POST
  @Audited("upload-flist")
  @Path("upload-flist")
  @Consumes(MediaType.WILDCARD)
  public Response form(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
      @HeaderParam("X-Original-Name") String originalName,
      InputStream body)
      throws IOException {
    RepositoryName owner = me.toChange();
    AuditNotes notes = AuditNotes.of(request);
    UploadedFlist uploaded =
        uploads.fromForm(
            owner,
            forms.receive(contentType, body),
            file -> FlistName.parse(UploadName.of(Optional.ofNullable(originalName), file)),
            name -> notes.concerns("name", name.stored()),
            Progress.NONE);
    SpooledBody answer = uploaded.answer().body();
    return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, answer.length())
        .build();
  }
}
