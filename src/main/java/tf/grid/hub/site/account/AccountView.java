package tf.grid.hub.site.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.http.form.ParameterizedRequest;

/** The choice of the account that the visitor acts for; the browser keeps it. */
@Named("account")
@RequestScoped
public class AccountView {

  private final AccessControl access;
  private final AccessPolicy policy;
  private final PageAudit audit;
  private final HttpServletRequest request;
  private String chosen;

  /** For the container's proxy. */
  protected AccountView() {
    this(null, null, null, null);
  }

  /** Takes who knows whom a visitor may act for. */
  @Inject
  public AccountView(
      AccessControl access, AccessPolicy policy, PageAudit audit, HttpServletRequest request) {
    this.access = access;
    this.policy = policy;
    this.audit = audit;
    this.request = request;
  }

  /** The names of the accounts, the visitor's own first; none for strangers. */
  public List<String> getChoices() {
    return request.getUserPrincipal() == null || policy.open()
        ? List.of()
        : access.choices().stream().map(AccountName::value).toList();
  }

  /** The account that the visitor acts for. */
  public String getChosen() {
    return chosen != null ? chosen : access.current().map(AccountName::value).orElse("");
  }

  /** Takes another one, which is one of the choices. */
  public void setChosen(String chosen) {
    this.chosen = chosen;
  }

  /** Lets the browser remember the account. */
  public void choose() {
    FacesContext faces = FacesContext.getCurrentInstance();
    HttpServletResponse response = (HttpServletResponse) faces.getExternalContext().getResponse();
    response.addCookie(ActiveAccountCookie.remembered(getChosen(), policy));
    audit.record(audit.of("switch-account").named("account", getChosen()));
    LocalPath.of(ParameterizedRequest.ofAddress(request).getParameter("to"))
        .orElse(LocalPath.HOME)
        .redirect(response);
    faces.responseComplete();
  }
}
