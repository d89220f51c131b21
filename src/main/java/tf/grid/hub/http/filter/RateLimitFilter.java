package tf.grid.hub.http.filter;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.RateLimitFields;

/** Tells API clients about the limits that their requests are counted for. */
@Provider
@SingletonBean
public class RateLimitFilter implements ContainerResponseFilter {
  private final HttpServletRequest request;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public RateLimitFilter() {
    this(null);
  }

  /**
   * Injected by CDI.
   *
   * @param request a proxy for the current request
   */
  @Inject
  public RateLimitFilter(HttpServletRequest request) {
    this.request = request;
  }

  @Override
  public void filter(ContainerRequestContext context, ContainerResponseContext response) {
    RateLimitFields fields = RateLimitFields.of(request);
    if (!fields.isEmpty()) {
      response.getHeaders().putSingle("RateLimit-Policy", fields.policies());
      response.getHeaders().putSingle("RateLimit", fields.state());
    }
  }
}
