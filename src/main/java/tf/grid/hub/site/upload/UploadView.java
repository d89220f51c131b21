package tf.grid.hub.site.upload;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tf.grid.hub.access.FormTokens;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.job.Job;
import tf.grid.hub.job.JobEvent;
import tf.grid.hub.job.JobId;
import tf.grid.hub.job.Jobs;

/** What pages need for forms that are jobs. */
@Named("post")
@RequestScoped
public class UploadView {
  private final HttpServletRequest request;
  private final FormTokens tokens;
  private final Jobs jobs;

  /** For the container's proxy. */
  protected UploadView() {
    this(null, null, null);
  }

  /** Takes the request, what proves where forms are from, and the jobs. */
  @Inject
  public UploadView(HttpServletRequest request, FormTokens tokens, Jobs jobs) {
    this.request = request;
    this.tokens = tokens;
    this.jobs = jobs;
  }

  /** The first field of the form; empty where forms need none. */
  public String getToken() {
    return tokens.current();
  }

  /** Why the job in the page's address failed; empty if it did not. */
  public String getProblem() {
    return Optional.ofNullable(ParameterizedRequest.ofAddress(request).getParameter("job"))
        .flatMap(JobId::parse)
        .flatMap(jobs::find)
        .map(Job::latest)
        .map(latest -> latest.event() instanceof JobEvent.Failed end ? end.message() : "")
        .orElse("");
  }
}
