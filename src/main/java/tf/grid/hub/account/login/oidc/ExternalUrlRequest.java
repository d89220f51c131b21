package tf.grid.hub.account.login.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.security.Principal;

/**
 * A request with its public URL, which a proxy may have changed, and without a user, because the
 * user is signing in again.
 */
final class ExternalUrlRequest extends HttpServletRequestWrapper {

  private final URI site;

  ExternalUrlRequest(HttpServletRequest request, URI site) {
    super(request);
    this.site = site;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(site.toString()).append(getRequestURI());
  }

  @Override
  public Principal getUserPrincipal() {
    return null;
  }
}
