package tf.grid.hub.site;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.http.ErrorPage;
import tf.grid.hub.http.body.MalformedBodyException;
import tf.grid.hub.http.body.RequestBody.BodyCutOffException;
import tf.grid.hub.http.body.RequestBody.BodyTooLargeException;
import tf.grid.hub.http.body.SmallBodies.TooManyBodiesException;

/**
 * Why a form was not read, in the words of the REST API.
 *
 * @param status of the answer
 * @param why the reason
 */
record FormError(int status, String why) {
  /** For {@link HttpServletResponse}, which is older than it. */
  private static final int TOO_MANY_REQUESTS = 429;

  /** Knows what a body failed with; other failures are not told. */
  static FormError of(IOException failure) throws IOException {
    if (failure instanceof TooManyBodiesException) {
      return new FormError(TOO_MANY_REQUESTS, failure.getMessage());
    }
    if (failure instanceof BodyTooLargeException) {
      return new FormError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, failure.getMessage());
    }
    if (failure instanceof BodyCutOffException || failure instanceof MalformedBodyException) {
      return new FormError(HttpServletResponse.SC_BAD_REQUEST, failure.getMessage());
    }
    throw failure;
  }

  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (status == TOO_MANY_REQUESTS) {
      response.setHeader("Retry-After", Long.toString(TooManyBodiesException.PAUSE.toSeconds()));
    }
    ErrorPage.send(request, response, status, why);
  }
}
