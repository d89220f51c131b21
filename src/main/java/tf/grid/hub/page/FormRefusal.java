package tf.grid.hub.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tf.grid.hub.http.BodyCutOff;
import tf.grid.hub.http.BodyTooLarge;
import tf.grid.hub.http.ErrorPage;
import tf.grid.hub.http.body.MalformedBody;
import tf.grid.hub.http.body.TooManyBodies;

/**
 * Why a form was not read, in the words of the REST API.
 *
 * @param status of the answer
 * @param why the reason
 */
record FormRefusal(int status, String why) {
  /** For {@link HttpServletResponse}, which is older than it. */
  private static final int TOO_MANY_REQUESTS = 429;

  /** Knows what a body failed with; other failures are not told. */
  static FormRefusal of(IOException failure) throws IOException {
    if (failure instanceof TooManyBodies) {
      return new FormRefusal(TOO_MANY_REQUESTS, failure.getMessage());
    }
    if (failure instanceof BodyTooLarge) {
      return new FormRefusal(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, failure.getMessage());
    }
    if (failure instanceof BodyCutOff || failure instanceof MalformedBody) {
      return new FormRefusal(HttpServletResponse.SC_BAD_REQUEST, failure.getMessage());
    }
    throw failure;
  }

  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (status == TOO_MANY_REQUESTS) {
      response.setHeader("Retry-After", Long.toString(TooManyBodies.PAUSE.toSeconds()));
    }
    ErrorPage.send(request, response, status, why);
  }
}
