package tf.grid.hub.http.error;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tf.grid.hub.problem.Problem;

/**
 * The body of every error response of the REST API.
 *
 * @param status always {@code error}
 * @param message what was wrong and, where that helps, what to do; plain text, never HTML
 */
@JsonbPropertyOrder({"status", "message"})
public record ErrorAnswer(String status, String message) {

  /** The answer with an HTTP status and a message for the client. */
  public static Response answer(int httpStatus, String message) {
    return builder(httpStatus, message).build();
  }

  /** Sends the same answer outside of the REST layer. */
  public static void send(HttpServletResponse response, int httpStatus, String message)
      throws IOException {
    JsonObject failure =
        Json.createObjectBuilder().add("status", "error").add("message", message).build();
    byte[] body = (failure + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(httpStatus);
    response.setContentType(MediaType.APPLICATION_JSON);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Sends what a problem says. */
  public static void send(HttpServletResponse response, Problem problem) throws IOException {
    problem
        .retryAfter()
        .ifPresent(
            pause -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds())));
    send(response, problem.status(), problem.publicMessage());
  }

  /** A response to add headers to. */
  public static Response.ResponseBuilder builder(int httpStatus, String message) {
    return Response.status(httpStatus)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new ErrorAnswer("error", message));
  }
}
