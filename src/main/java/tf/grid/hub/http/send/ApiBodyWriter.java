package tf.grid.hub.http.send;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Lets resources return a {@link Body}. JAX-RS writes responses from a thread that waits for the
 * client; so nothing is written here, and {@link ApiBodyFilter} sends the body afterwards. The
 * resource sets {@code Content-Length} if it knows it.
 */
@Provider
public final class ApiBodyWriter implements MessageBodyWriter<Body> {

  /** The request, as a proxy for the current one. */
  @Context private HttpServletRequest request;

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return Body.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      Body body,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out) {
    request.setAttribute(ApiBodyFilter.BODY, body);
  }
}
