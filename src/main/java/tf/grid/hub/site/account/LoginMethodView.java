package tf.grid.hub.site.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.account.login.LoginMechanism;
import tf.grid.hub.account.login.LoginMechanisms;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.http.form.ParameterizedRequest;

/** The choice of ways to sign in; keeps where the visitor wanted to go. */
@Named("loginMethod")
@RequestScoped
public class LoginMethodView {

  private final AccessControl access;
  private final LoginMechanisms mechanisms;
  private final WebSessions sessions;
  private final PageAudit audit;
  private final HttpServletRequest request;
  private String name = "";

  /** For the container's proxy. */
  protected LoginMethodView() {
    this(null, null, null, null, null);
  }

  /** Takes the ways to sign in. */
  @Inject
  public LoginMethodView(
      AccessControl access,
      LoginMechanisms mechanisms,
      WebSessions sessions,
      PageAudit audit,
      HttpServletRequest request) {
    this.access = access;
    this.mechanisms = mechanisms;
    this.sessions = sessions;
    this.audit = audit;
    this.request = request;
  }

  /**
   * A link of the page.
   *
   * @param title what people call the way to sign in
   * @param address where it starts
   */
  public record Choice(String title, String address) {
    /** For expressions, which know no records. */
    public String getTitle() {
      return title;
    }

    /** For expressions, which know no records. */
    public String getAddress() {
      return address;
    }
  }

  /** The ways that lead elsewhere. */
  public List<Choice> getChoices() {
    String suffix = "?to=" + destination().escaped();
    return mechanisms.elsewhere().stream()
        .map((LoginMechanism way) -> new Choice(way.title(), way.startPath() + suffix))
        .toList();
  }

  /** Whether any name is taken. */
  public boolean isTrial() {
    return mechanisms.trial();
  }

  /** Whether there is no way to sign in at all. */
  public boolean isNone() {
    return mechanisms.elsewhere().isEmpty() && !mechanisms.trial();
  }

  /** The name that was typed. */
  public String getName() {
    return name;
  }

  /** Takes the name that was typed. */
  public void setName(String name) {
    this.name = name;
  }

  /** Signs in as the name that was typed, on hubs for trials only. */
  public void signIn() {
    FacesContext faces = FacesContext.getCurrentInstance();
    if (!mechanisms.trial() || !AccountName.isValid(name)) {
      faces.addMessage(
          "trial:name",
          new FacesMessage(
              FacesMessage.SEVERITY_ERROR,
              "This cannot be a user name: it may not be empty, begin with a dot or have a slash.",
              null));
      return;
    }
    access.refuseForeign();
    sessions.signIn(request, Identity.of(new AccountName(name)));
    audit.record(audit.of("sign-in").by(name, name).named("with", "any name"));
    destination().redirect((HttpServletResponse) faces.getExternalContext().getResponse());
    faces.responseComplete();
  }

  private LocalPath destination() {
    return LocalPath.of(ParameterizedRequest.ofAddress(request).getParameter("to"))
        .orElse(LocalPath.HOME);
  }
}
