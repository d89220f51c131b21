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

/** Data of pages with forms that run as jobs. */
@Named("post")
@RequestScoped
public class UploadView {
  private final HttpServletRequest request;
  private final FormTokens tokens;
  private final Jobs jobs;

  protected UploadView() {
    this(null, null, null);
  }

  @Inject
  public UploadView(HttpServletRequest request, FormTokens tokens, Jobs jobs) {
    this.request = request;
    this.tokens = tokens;
    this.jobs = jobs;
  }

  /** The form token, the first field of the form; empty if no token is needed. */
  public String getToken() {
    return tokens.current();
  }

  /** The error of the job in the URL; empty if there is none. */
  public String getProblem() {
    return Optional.ofNullable(ParameterizedRequest.ofAddress(request).getParameter("job"))
        .flatMap(JobId::parse)
        .flatMap(jobs::find)
        .map(Job::latest)
        .map(latest -> latest.event() instanceof JobEvent.Failed end ? end.message() : "")
        .orElse("");
  }
}
