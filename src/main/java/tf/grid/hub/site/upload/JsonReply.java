package tf.grid.hub.site.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.access.AccessException;
import tf.grid.hub.http.error.ErrorAnswer;
import tf.grid.hub.job.Job;
import tf.grid.hub.problem.Problem;

/**
 * Responds to programs, which detect errors by the body, not by the status. For a single request.
 */
final class JsonReply implements FormReply {
  private final HttpServletResponse response;

  JsonReply(HttpServletResponse response) {
    this.response = response;
  }

  @Override
  public boolean afterAll() {
    return false;
  }

  @Override
  public void refused(AccessException refusal) throws IOException {
    ErrorAnswer.send(response, refusal.status(), refusal.getMessage());
  }

  @Override
  public void malformed(String why) throws IOException {
    ErrorAnswer.send(response, HttpServletResponse.SC_OK, why);
  }

  @Override
  public void unknown() throws IOException {
    ErrorAnswer.send(response, HttpServletResponse.SC_NOT_FOUND, "job id not found");
  }

  @Override
  public void busy(Problem problem) throws IOException {
    ErrorAnswer.send(response, problem);
  }

  @Override
  public void waits(Job job) throws IOException {
    success(job);
  }

  @Override
  public void spent(Job job, String why) throws IOException {
    ErrorAnswer.send(response, HttpServletResponse.SC_CONFLICT, why);
  }

  @Override
  public void failed(Job job, String why) throws IOException {
    ErrorAnswer.send(response, HttpServletResponse.SC_OK, why);
  }

  @Override
  public void made(Job job, String preview) throws IOException {
    success(job);
  }

  private void success(Job job) throws IOException {
    byte[] body = (job.answer() + "\n").getBytes(UTF_8);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
