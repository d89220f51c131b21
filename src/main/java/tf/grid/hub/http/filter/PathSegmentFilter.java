package tf.grid.hub.http.filter;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/**
 * A semicolon in a name is part of the name. Left alone, JAX-RS would take it and what follows for
 * parameters of the path and act on another name, the shorter one. Stateless.
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
