package tf.grid.hub.catalogue.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.http.file.EntityTags;
import tf.grid.hub.http.gzip.Gzip;
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
    boolean compressed = Gzip.isAccepted(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
    String plainTag = '"' + body.tag() + '"';
    String compressedTag = '"' + body.tag() + "-gzip\"";
    String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    Response.ResponseBuilder answer;
    if (known != null && EntityTags.matchWeakly(known, plainTag, compressedTag)) {
      answer = Response.notModified();
    } else {
      byte[] bytes = compressed ? body.compressed() : body.plain();
      answer =
          Response.ok(Body.of(bytes), MediaType.APPLICATION_JSON_TYPE)
              .header(HttpHeaders.CONTENT_LENGTH, bytes.length);
      if (compressed) {
        answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
      }
    }
    return answer
        .header(HttpHeaders.ETAG, compressed ? compressedTag : plainTag)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .build();
  }
}
