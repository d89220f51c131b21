package tf.grid.hub.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import tf.grid.hub.access.AccessPolicy;

/** What the frame around every page shows. */
@Named("site")
@RequestScoped
public class SiteView {

  private final HttpServletRequest request;
  private final AccessPolicy policy;

  /** For the container's proxy. */
  protected SiteView() {
    this(null, null);
  }

  /** Takes the request and what the operator decided. */
  @Inject
  public SiteView(HttpServletRequest request, AccessPolicy policy) {
    this.request = request;
    this.policy = policy;
  }

  /** Who is signed in; empty if nobody is. */
  public String getUser() {
    Principal user = request.getUserPrincipal();
    return user == null ? "" : user.getName();
  }

  /** Whether the visitor has sent a form that nothing was done with, and has to be told. */
  public boolean isUnsent() {
    return request.getAttribute(ExpiredForms.UNSENT) != null
        || request.getParameter(PageFilter.UNSENT) != null;
  }

  /** Whether the visitor may publish. */
  public boolean isActing() {
    return !policy.readOnly() && !getUser().isEmpty();
  }

  /** Whether authentication is off. */
  public boolean isOpen() {
    return policy.open();
  }

  /** Whether nothing can be changed. */
  public boolean isReadOnly() {
    return policy.readOnly();
  }
}
