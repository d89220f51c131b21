package tf.grid.hub.http.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ResponseHeaders;

/** Adds the methods of a resource to CORS preflight responses. */
@Provider
public final class PreflightFilter implements ContainerResponseFilter {

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String methods = response.getHeaderString(HttpHeaders.ALLOW);
    if (request.getMethod().equals("OPTIONS") && methods != null) {
      response.getHeaders().putSingle(ResponseHeaders.ALLOW_METHODS, methods);
    }
  }
}
