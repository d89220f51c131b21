package tf.grid.hub.http.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.http.ResponseHeaders;

/**
 * Tells browsers which methods an address of the REST API has, in the header that they look at.
 * Stateless.
 */
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
