package tf.grid.hub.site.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.audit.PageAudit;

/** Sign-out. It requires a form, so that other sites cannot sign a visitor out. */
@Named("logout")
@RequestScoped
public class LogoutView {

  private final WebSessions sessions;
  private final AccessPolicy policy;
  private final PageAudit audit;
  private final HttpServletRequest request;

  protected LogoutView() {
    this(null, null, null, null);
  }

  @Inject
  public LogoutView(
      WebSessions sessions, AccessPolicy policy, PageAudit audit, HttpServletRequest request) {
    this.sessions = sessions;
    this.policy = policy;
    this.audit = audit;
    this.request = request;
  }

  public void signOut() {
    if (request.getUserPrincipal() != null) {
      audit.record(audit.of("sign-out"));
    }
    FacesContext faces = FacesContext.getCurrentInstance();
    HttpServletResponse response = (HttpServletResponse) faces.getExternalContext().getResponse();
    sessions.signOut(request, response);
    response.addCookie(ActiveAccountCookie.forgotten(policy));
    LocalPath.HOME.redirect(response);
    faces.responseComplete();
  }
}
