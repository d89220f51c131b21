package tf.grid.hub.http.error;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Errors of the REST layer itself: unknown paths, methods and media types. Keeps headers such as
 * {@code Allow} and replaces the text.
 */
@Provider
public final class RestMapper implements ExceptionMapper<WebApplicationException> {

  private static final Map<Integer, String> MESSAGES =
      Map.of(
          400, "malformed request",
          404, "not found",
          405, "method not allowed",
          406, "this address answers with application/json only",
          415, "unsupported content type");

  @Override
  public Response toResponse(WebApplicationException refusal) {
    Response given = refusal.getResponse();
    if (given.hasEntity() || given.getStatus() < 400) {
      return given;
    }
    Response.ResponseBuilder answer =
        ErrorAnswer.builder(given.getStatus(), message(given.getStatusInfo()));
    String pause = given.getHeaderString(HttpHeaders.RETRY_AFTER);
    if (pause != null) {
      answer.header(HttpHeaders.RETRY_AFTER, pause);
    }
    if (!given.getAllowedMethods().isEmpty()) {
      answer.header(HttpHeaders.ALLOW, String.join(", ", allowed(given)));
    }
    return answer.build();
  }

  /** Adds {@code HEAD}, which is available wherever {@code GET} is but not listed. */
  private static Set<String> allowed(Response given) {
    Set<String> methods = new TreeSet<>(given.getAllowedMethods());
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  private static String message(Response.StatusType status) {
    return MESSAGES.getOrDefault(status.getStatusCode(), status.getReasonPhrase());
  }
}
