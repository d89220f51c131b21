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
import tf.grid.hub.access.DevLogin;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.LocalPath;
import tf.grid.hub.account.login.LoginMechanism;
import tf.grid.hub.account.login.LoginMechanisms;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.site.language.Messages;

/** Selection of a sign-in method; keeps the page to return to. */
@Named("loginMethod")
@RequestScoped
public class LoginMethodView {

  private final AccessControl access;
  private final LoginMechanisms mechanisms;
  private final DevLogin trial;
  private final WebSessions sessions;
  private final PageAudit audit;
  private final HttpServletRequest request;
  private final Messages messages;
  private String name = "";

  protected LoginMethodView() {
    this(null, null, null, null, null, null, null);
  }

  @Inject
  public LoginMethodView(
      AccessControl access,
      LoginMechanisms mechanisms,
      DevLogin trial,
      WebSessions sessions,
      PageAudit audit,
      HttpServletRequest request,
      Messages messages) {
    this.access = access;
    this.mechanisms = mechanisms;
    this.trial = trial;
    this.sessions = sessions;
    this.audit = audit;
    this.request = request;
    this.messages = messages;
  }

  /**
   * A link to a sign-in method.
   *
   * @param title the name of the method
   * @param address where it starts
   */
  public record Choice(String title, String address) {
    /** Required by the expression language, which does not support records. */
    public String getTitle() {
      return title;
    }

    /** Required by the expression language, which does not support records. */
    public String getAddress() {
      return address;
    }
  }

  /** The external sign-in methods. */
  public List<Choice> getChoices() {
    String suffix = "?to=" + destination().escaped();
    return mechanisms.elsewhere().stream()
        .map((LoginMechanism way) -> new Choice(way.title(), way.startPath() + suffix))
        .toList();
  }

  /** Whether any user name is accepted from this visitor. */
  public boolean isTrial() {
    return trial.allows(request);
  }

  /** Whether no sign-in method is configured. */
  public boolean isNone() {
    return mechanisms.elsewhere().isEmpty() && !isTrial();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Signs in with the entered name, on trial hubs only. */
  public void signIn() {
    FacesContext faces = FacesContext.getCurrentInstance();
    if (!isTrial() || !AccountName.isValid(name)) {
      faces.addMessage(
          "trial:name",
          new FacesMessage(FacesMessage.SEVERITY_ERROR, messages.get("login.bad-name"), null));
      return;
    }
    access.refuseForeign();
    HttpServletResponse response = (HttpServletResponse) faces.getExternalContext().getResponse();
    Caller unused = sessions.signIn(request, response, Identity.of(new AccountName(name)));
    audit.record(audit.of("sign-in").by(name, name).named("with", "any name"));
    destination().redirect(response);
    faces.responseComplete();
  }

  private LocalPath destination() {
    return LocalPath.of(ParameterizedRequest.ofAddress(request).getParameter("to"))
        .orElse(LocalPath.HOME);
  }
}
