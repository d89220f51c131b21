package tf.grid.hub.account.login.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.security.Principal;

/**
 * A request as the visitor made it, where a proxy in front of the hub may have changed the address;
 * and without whoever is signed in already, since signing in again is what is asked for.
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
