package tf.grid.hub.site.upload;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.FormTokens;
import tf.grid.hub.account.AccountName;
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
  private final AccessControl access;

  protected UploadView() {
    this(null, null, null, null);
  }

  @Inject
  public UploadView(
      HttpServletRequest request, FormTokens tokens, Jobs jobs, AccessControl access) {
    this.access = access;
    this.request = request;
    this.tokens = tokens;
    this.jobs = jobs;
  }

  /** The form token, the first field of the form; empty if no token is needed. */
  public String getToken() {
    return tokens.current();
  }

  /** The repository that the visitor publishes to; empty if there is none. */
  public String getRepository() {
    return access.current().map(AccountName::value).orElse("");
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
