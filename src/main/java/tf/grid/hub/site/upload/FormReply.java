package tf.grid.hub.site.upload;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.http.error.ErrorPage;
import tf.grid.hub.job.Job;
import tf.grid.hub.problem.Problem;

/** Responds to a form, as HTML or JSON. For a single request. */
interface FormReply {

  /** Selects the reply according to the {@code Accept} header. */
  static FormReply to(HttpServletRequest request, HttpServletResponse response) {
    return ErrorPage.takesPages(request.getHeader("Accept"))
        ? new PageReply(request, response)
        : new JsonReply(response);
  }

  /** Whether the client reads the response only after sending the whole form. */
  boolean afterAll();

  /** The request is not permitted. */
  void refused(AccessException refusal) throws IOException;

  /** The form is malformed. */
  void malformed(String why) throws IOException;

  /** The job does not exist. */
  void unknown() throws IOException;

  /** No job was made, because the hub has as many as it keeps, or cannot write it down. */
  void busy(Problem problem) throws IOException;

  /** The job is waiting for its form. */
  void waits(Job job) throws IOException;

  /** The job already has its form. Browsers resend a form if a reused connection breaks. */
  void spent(Job job, String why) throws IOException;

  /** The job failed. */
  void failed(Job job, String why) throws IOException;

  /**
   * The flist was published.
   *
   * @param preview URL of its page
   */
  void made(Job job, String preview) throws IOException;
}
