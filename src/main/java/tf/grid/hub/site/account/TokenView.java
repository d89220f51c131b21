package tf.grid.hub.site.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.token.NewTokenForm;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.token.IssuedToken;
import tf.grid.hub.account.token.Tokens;
import tf.grid.hub.account.token.Tokens.TooManyTokensException;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.catalogue.download.SiteAddress;
import tf.grid.hub.site.language.Messages;

/** Creates, lists and revokes the visitor's tokens. */
@Named("token")
@RequestScoped
public class TokenView {

  private static final int[] DAYS = {1, 7, 30, 90, 365};

  private final AccessControl access;
  private final Tokens tokens;
  private final PageAudit audit;
  private final SiteAddress site;
  private final Messages messages;
  private String label = "";
  private List<String> scopes = List.of("read", "write");
  private String only = "";
  private long days;
  private String made = "";
  private String done = "";

  protected TokenView() {
    this.access = null;
    this.tokens = null;
    this.audit = null;
    this.site = null;
    this.messages = null;
  }

  @Inject
  public TokenView(
      AccessControl access, Tokens tokens, PageAudit audit, SiteAddress site, Messages messages) {
    this.messages = messages;
    this.site = site;
    this.access = access;
    this.tokens = tokens;
    this.audit = audit;
    this.days = longest();
  }

  public String getLabel() {
    return label;
  }

  public void setLabel(String label) {
    this.label = label;
  }

  public List<String> getScopes() {
    return scopes;
  }

  public void setScopes(List<String> scopes) {
    this.scopes = List.copyOf(scopes);
  }

  public long getDays() {
    return days;
  }

  public void setDays(long days) {
    this.days = days;
  }

  /** The only repository of the new token; empty for all. */
  public String getOnly() {
    return only;
  }

  /**
   * Restricts the new token to a repository.
   *
   * @param only one of {@link #getAccounts}, or empty
   */
  public void setOnly(String only) {
    this.only = only;
  }

  /** The accounts that a new token can be restricted to. */
  public List<String> getAccounts() {
    return access.choices().stream().map(AccountName::value).toList();
  }

  /** The lifetimes to choose from, in days: common ones within the limit, and the maximum. */
  public List<Long> getLives() {
    return LongStream.concat(
            IntStream.of(DAYS).asLongStream().filter(d -> d < longest()), LongStream.of(longest()))
        .boxed()
        .toList();
  }

  private long longest() {
    return Math.max(1, tokens.longestLife().toDays());
  }

  /** The text of the token that was just created; otherwise empty. */
  public String getMade() {
    return made;
  }

  /** The command that publishes an archive with the token that was just created. */
  public String getUploadCommand() {
    return "curl -H 'Authorization: bearer %s' -F file=@my-app.tar.gz %s/api/flist/me/upload"
        .formatted(made, site.publicUrl());
  }

  /** The command that stores a token in the configuration of the client. */
  public String getLoginCommand() {
    return "hub-client login " + site.publicUrl();
  }

  /** The visitor's tokens, newest first. */
  public List<TokenRow> getRows() {
    return tokens.of(access.toAdminister().account()).stream().map(TokenRow::of).toList();
  }

  /** Creates a token, which only this response shows. */
  public void make() {
    Caller caller = access.toAdminister();
    try {
      NewTokenForm form =
          new NewTokenForm(
              label, String.join(" ", scopes), only, days < longest() ? "P" + days + "D" : "");
      IssuedToken token = tokens.issue(form.request(caller, tokens.longestLife()));
      audit.record(audit.of("make-token").named("made", token.claims().id()));
      made = token.text();
      label = "";
    } catch (TooManyTokensException | NewTokenForm.Malformed e) {
      refuse(e.getMessage());
    }
  }

  /** Revokes a token by its identifier, since the list may have changed. */
  public void revoke() {
    Map<String, String> sent =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
    String id = sent.getOrDefault("list:revoke", "");
    if (tokens.revoke(access.toAdminister().account(), id)) {
      audit.record(audit.of("revoke-token").named("id", id));
    } else {
      refuse(messages.get("token.gone"));
    }
  }

  /** Revokes all tokens of the visitor, who stays signed in. */
  public void revokeAll() {
    int revoked = tokens.revokeAll(access.toAdminister().account());
    audit.record(audit.of("revoke-tokens"));
    done = messages.of("token.revoked", List.of(revoked));
  }

  /** What was done; empty if nothing was. */
  public String getDone() {
    return done;
  }

  private static void refuse(String why) {
    FacesContext.getCurrentInstance()
        .addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, why, null));
  }
}
