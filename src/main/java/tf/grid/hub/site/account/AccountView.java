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

/** Selection of the account to act for, which is stored in the browser. */
@Named("account")
@RequestScoped
public class AccountView {

  private final AccessControl access;
  private final AccessPolicy policy;
  private final PageAudit audit;
  private final HttpServletRequest request;
  private String chosen;

  protected AccountView() {
    this(null, null, null, null);
  }

  @Inject
  public AccountView(
      AccessControl access, AccessPolicy policy, PageAudit audit, HttpServletRequest request) {
    this.access = access;
    this.policy = policy;
    this.audit = audit;
    this.request = request;
  }

  /** The selectable accounts, the visitor's own first; empty if not signed in. */
  public List<String> getChoices() {
    return request.getUserPrincipal() == null || policy.open()
        ? List.of()
        : access.choices().stream().map(AccountName::value).toList();
  }

  public String getChosen() {
    return chosen != null ? chosen : access.current().map(AccountName::value).orElse("");
  }

  public void setChosen(String chosen) {
    this.chosen = chosen;
  }

  /** Stores the selection in the browser. */
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
