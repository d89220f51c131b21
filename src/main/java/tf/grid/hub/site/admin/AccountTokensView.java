package tf.grid.hub.site.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.Lockout;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.site.language.Messages;

/** Revokes all tokens of an account. */
@Named("accountTokens")
@RequestScoped
public class AccountTokensView {
  private final AccessControl access;
  private final Lockout lockout;
  private final PageAudit audit;
  private final Messages messages;
  private String account = "";
  private String done = "";

  protected AccountTokensView() {
    this(null, null, null, null);
  }

  @Inject
  public AccountTokensView(
      AccessControl access, Lockout lockout, PageAudit audit, Messages messages) {
    this.messages = messages;
    this.access = access;
    this.lockout = lockout;
    this.audit = audit;
  }

  public String getAccount() {
    return account;
  }

  public void setAccount(String account) {
    this.account = account.strip();
  }

  /** What was done; empty if nothing was. */
  public String getDone() {
    return done;
  }

  /** Revokes all tokens of the account and ends its browser sessions. */
  public void revoke() {
    access.toOperate();
    if (!AccountName.isValid(account)) {
      FacesContext.getCurrentInstance()
          .addMessage(
              "tokens:account",
              new FacesMessage(
                  FacesMessage.SEVERITY_ERROR, messages.get("admin.bad-account"), null));
      return;
    }
    int revoked = lockout.of(new AccountName(account));
    audit.record(audit.of("revoke-tokens").named("account", account));
    done = messages.of("admin.tokens-revoked", List.of(account, revoked));
    account = "";
  }
}
