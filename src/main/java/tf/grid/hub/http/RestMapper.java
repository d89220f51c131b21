package tf.grid.hub.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;

/**
 * What the REST layer itself refuses: unknown paths, methods and media types. The headers that
 * belong to the status ({@code Allow} and the like) are kept, the text becomes ours. Stateless.
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
        Failure.builder(given.getStatus(), message(given.getStatusInfo()));
    for (String header : List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER)) {
      if (given.getHeaderString(header) != null) {
        answer.header(header, given.getHeaderString(header));
      }
    }
    return answer.build();
  }

  private static String message(Response.StatusType status) {
    return MESSAGES.getOrDefault(status.getStatusCode(), status.getReasonPhrase());
  }
}
