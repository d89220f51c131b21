package tf.grid.hub.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.http.error.ErrorPage;
import tf.grid.hub.problem.Problem;

/** Answers a form whose body was not read. */
final class FormError {
  private FormError() {}

  /**
   * Sends a page with the reason, under the status that the REST API gives.
   *
   * @throws IOException the failure itself, if it has no answer
   */
  static <E extends Exception> void send(
      E failure, HttpServletRequest request, HttpServletResponse response) throws E, IOException {
    if (!(failure instanceof Problem problem)) {
      throw failure;
    }
    problem
        .retryAfter()
        .ifPresent(pause -> response.setHeader("Retry-After", Long.toString(pause.toSeconds())));
    ErrorPage.send(request, response, problem.status(), problem.publicMessage());
  }
}
