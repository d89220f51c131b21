package tf.grid.hub.site.upload;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.http.ErrorPage;
import tf.grid.hub.job.Job;
import tf.grid.hub.problem.Problem;

/** Answers a form, in the way that its sender understands. For one request. */
interface FormReply {

  /** For those who show pages, and those who read JSON. */
  static FormReply to(HttpServletRequest request, HttpServletResponse response) {
    return ErrorPage.takesPages(request.getHeader("Accept"))
        ? new PageReply(request, response)
        : new JsonReply(response);
  }

  /** Whether the sender reads an answer only when all has been sent. */
  boolean afterAll();

  /** It may not; nothing was done. */
  void refused(AccessException refusal) throws IOException;

  /** It is no form as it should be; nothing was done. */
  void malformed(String why) throws IOException;

  /** There is no such job. */
  void unknown() throws IOException;

  /** No job was made, because the hub has as many as it keeps. */
  void busy(Problem problem) throws IOException;

  /** The job waits for its form. */
  void waits(Job job) throws IOException;

  /**
   * The job has had its form. Browsers send forms again by themselves when a connection breaks that
   * they had used before.
   */
  void spent(Job job, String why) throws IOException;

  /** Nothing was published. */
  void failed(Job job, String why) throws IOException;

  /**
   * Something was published.
   *
   * @param preview the address of its page
   */
  void made(Job job, String preview) throws IOException;
}
