package tf.grid.hub.http.send;

import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;

/**
 * Keeps streamed bodies from being produced for {@code HEAD}. JAX-RS answers it with the method for
 * {@code GET}, and otherwise discards the body only after it was written. Runs after all other
 * filters, because it sends the headers: servers take a body that nobody has written for one of
 * length 0.
 */
@Provider
@Priority(0)
public class HeadAnswerFilter implements ContainerResponseFilter {
  @Context private HttpServletResponse answer;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws IOException {
    if (request.getMethod().equals(HttpMethod.HEAD)
        && response.getEntity() instanceof StreamingOutput) {
      answer.setStatus(response.getStatus());
      response
          .getStringHeaders()
          .forEach((name, values) -> answer.setHeader(name, String.join(", ", values)));
      answer.flushBuffer();
      response.setEntity(null);
    }
  }
}
