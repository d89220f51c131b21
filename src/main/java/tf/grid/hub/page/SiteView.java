package tf.grid.hub.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import tf.grid.hub.access.Access;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.account.AccountName;

/** What the frame around every page shows. */
@Named("site")
@RequestScoped
public class SiteView {

  private final HttpServletRequest request;
  private final AccessPolicy policy;
  private final Access access;

  /** For the container's proxy. */
  protected SiteView() {
    this(null, null, null);
  }

  /** Takes the request, what the operator decided, and who knows whom the visitor acts for. */
  @Inject
  public SiteView(HttpServletRequest request, AccessPolicy policy, Access access) {
    this.request = request;
    this.policy = policy;
    this.access = access;
  }

  /** Who is signed in; empty if nobody is. */
  public String getUser() {
    Principal user = request.getUserPrincipal();
    return user == null ? "" : user.getName();
  }

  /** The account that the visitor acts for, if that is not the own one; empty otherwise. */
  public String getAccount() {
    return access
        .current()
        .map(AccountName::value)
        .filter(account -> !account.equals(getUser()))
        .orElse("");
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
