package tf.grid.hub.site.upload;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.access.AccessException.NotSignedInException;
import tf.grid.hub.access.AccessException.ReadOnlyModeException;
import tf.grid.hub.access.AccessException.StaleFormException;
import tf.grid.hub.job.Job;
import tf.grid.hub.problem.Problem;

/**
 * Responds to browsers without scripts, always with a redirect, so that reloading the page does not
 * resend the form. For a single request.
 */
final class PageReply implements FormReply {
  private final String page;
  private final HttpServletResponse response;

  /** The page of the form has the same URL as the form. */
  PageReply(HttpServletRequest request, HttpServletResponse response) {
    String path = request.getServletPath();
    this.page = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.response = response;
  }

  @Override
  public boolean afterAll() {
    return true;
  }

  @Override
  public void refused(AccessException refusal) throws IOException {
    if (refusal instanceof ReadOnlyModeException) {
      lead("/readonly");
    } else if (refusal.retryAfter().isPresent()) {
      busy(refusal);
    } else if (refusal instanceof NotSignedInException) {
      lead("/login-method?to=" + page.replace("/", "%2F") + "&unsent");
    } else if (refusal instanceof StaleFormException) {
      lead(page + "?unsent");
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }

  @Override
  public void malformed(String why) throws IOException {
    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
  }

  @Override
  public void unknown() throws IOException {
    response.sendError(HttpServletResponse.SC_NOT_FOUND);
  }

  @Override
  public void busy(Problem problem) throws IOException {
    problem
        .retryAfter()
        .ifPresent(pause -> response.setHeader("Retry-After", Long.toString(pause.toSeconds())));
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  @Override
  public void waits(Job job) {
    lead(page);
  }

  @Override
  public void spent(Job job, String why) {
    failed(job, why);
  }

  /** The page gets the error message from the job; a message in the URL could be forged. */
  @Override
  public void failed(Job job, String why) {
    lead(page + "?job=" + job.id());
  }

  @Override
  public void made(Job job, String preview) {
    lead(preview);
  }

  private void lead(String address) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", address);
  }
}
