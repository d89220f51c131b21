package tf.grid.hub.catalogue.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.http.json.JsonAnswer;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.http.send.Body;

/** Base class of resources that send prepared JSON bodies. */
public abstract class JsonResource {

  protected JsonResource() {}

  /**
   * Builds the response: 304 if the client has the current version, otherwise the body, compressed
   * if the client accepts that. The type is always JSON, because old clients send arbitrary {@code
   * Accept} headers.
   */
  public static Response answer(JsonBody body, HttpHeaders request) {
    JsonAnswer chosen =
        JsonAnswer.of(
            body,
            request.getHeaderString(HttpHeaders.ACCEPT_ENCODING),
            request.getHeaderString(HttpHeaders.IF_NONE_MATCH));
    Response.ResponseBuilder answer =
        chosen.body().map(JsonResource::whole).orElseGet(Response::notModified);
    if (chosen.compressed() && chosen.body().isPresent()) {
      answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return answer
        .header(HttpHeaders.ETAG, chosen.tag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }

  private static Response.ResponseBuilder whole(byte[] bytes) {
    return Response.ok(Body.of(bytes), MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CONTENT_LENGTH, bytes.length);
  }
}
