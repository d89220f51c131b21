package tf.grid.hub.http.filter;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import tf.grid.hub.http.send.Body;

/**
 * Ends JSON bodies with a newline, for clients in a terminal. Bodies written as bytes are complete
 * and possibly compressed, and left alone.
 */
@Provider
public final class TrailingNewlineInterceptor implements WriterInterceptor {

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    context.proceed();
    boolean whole = context.getEntity() instanceof byte[] || context.getEntity() instanceof Body;
    if (!whole && MediaType.APPLICATION_JSON_TYPE.isCompatible(context.getMediaType())) {
      context.getOutputStream().write('\n');
    }
  }
}
