package tf.grid.hub.catalogue.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tf.grid.hub.http.file.EntityTags;
import tf.grid.hub.http.gzip.Gzip;
import tf.grid.hub.http.json.JsonBody;

/** What resources share that send answers which were made before. */
public abstract class JsonResource {

  /** For subclasses. */
  protected JsonResource() {}

  /**
   * The answer for a client, compressed if it takes that, or none if it has this one already. It is
   * sent as JSON whatever else the client would like: old clients do not care for what they ask.
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
          Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE)
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
