package tf.grid.hub.http.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/**
 * Makes a semicolon part of a name. JAX-RS would treat it as the start of matrix parameters and act
 * on the shorter name.
 */
@Provider
@PreMatching
public final class PathSegmentFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    URI asked = request.getUriInfo().getRequestUri();
    String path = asked.getRawPath();
    if (path.indexOf(';') >= 0) {
      request.setRequestUri(
          UriBuilder.fromUri(asked).replacePath(path.replace(";", "%3B")).build());
    }
  }
}
