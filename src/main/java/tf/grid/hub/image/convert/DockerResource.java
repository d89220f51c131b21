package tf.grid.hub.image.convert;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.concurrent.Future;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.ChangeKind;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.AuditNotes;
import tf.grid.hub.audit.Audited;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.http.form.FormFields;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.Jobs;
import tf.grid.hub.job.Jobs.JobWork;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.publish.NewFlist;
import tf.grid.hub.publish.PublishAnswer;

/**
 * Converts images from registries or a container engine. Each conversion is a job with progress
 * that can be cancelled; the response is sent at its end, unless it runs in the background.
 */
@SingletonBean
@Path("flist/me")
@Produces(MediaType.APPLICATION_JSON)
public class DockerResource {
  private static final int MOST_FORM_BYTES = 128 * 1024;

  private final AccessControl access;
  private final ImageConversion conversions;
  private final Jobs jobs;
  private final Ticker ticker;
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public DockerResource() {
    this(null, null, null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public DockerResource(
      AccessControl access,
      ImageConversion conversions,
      Jobs jobs,
      Ticker ticker,
      HttpServletRequest request) {
    this.access = access;
    this.conversions = conversions;
    this.jobs = jobs;
    this.ticker = ticker;
    this.request = request;
  }

  /** Converts the image in the form. */
  @POST
  @Audited("docker")
  @Path("docker")
  @Consumes(MediaType.WILDCARD)
  public JsonObject convert(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType, InputStream body)
      throws Exception {
    AccountName account = access.toChange(ChangeKind.CONVERSION);
    RequestBody bounded = new RequestBody(body, MOST_FORM_BYTES, ticker);
    ConversionRequest form =
        ConversionRequest.of(FormFields.of(IncomingForm.of(contentType, bounded)));
    AuditNotes.of(request).concerns("image", form.wanted().reference().given());
    RepositoryName owner = new RepositoryName(account.value());
    Job job = jobs.open(account, "fetching " + form.wanted().reference());
    JobWork<NewFlist> work =
        progress -> conversions.convert(owner, form.name(), form.wanted(), progress);
    if (form.background()) {
      Future<NewFlist> unused = jobs.start(job, work, ConversionEnding::of);
      return job.answer();
    }
    return PublishAnswer.of(jobs.run(job, work, ConversionEnding::of));
  }
}
