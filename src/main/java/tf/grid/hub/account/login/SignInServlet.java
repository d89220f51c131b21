package tf.grid.hub.account.login;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import tf.grid.hub.account.Caller;
import tf.grid.hub.audit.PageAudit;
import tf.grid.hub.http.form.ParameterizedRequest;
import tf.grid.hub.problem.Problem;

/**
 * Redirects browsers to sign-in providers and handles their return. Pages use links, not forms, for
 * this, because browsers apply the {@code form-action} policy to redirects after a form.
 * Thread-safe.
 */
@WebServlet({
  "/login",
  "/login/",
  "/login-oidc",
  "/login-oidc/",
  "/login-iyo",
  "/login-iyo/",
  "/callback_threebot",
  "/callback_threebot/",
  "/callback_token",
  "/callback_token/",
  "/callback_oidc",
  "/callback_oidc/",
  "/_iyo_callback",
  "/_iyo_callback/"
})
public class SignInServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private static final System.Logger LOG = System.getLogger(SignInServlet.class.getName());
  private static final String SIGN_IN = "sign-in";
  private static final String MECHANISM = "with";
  private static final String CHOICE = "/login-method";

  /** The URL at which earlier hubs showed a token. */
  private static final String EARLIER_TOKEN = "/callback_token";

  private static final LocalPath TOKENS = new LocalPath("/token");

  /** Field injection, because the server instantiates servlets itself. */
  @Inject private transient LoginMechanisms mechanisms;

  @Inject private transient SignInAttempts attempts;

  @Inject private transient WebSessions sessions;

  @Inject private transient PageAudit audit;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    String path = withoutSlash(request.getServletPath());
    Optional<LoginMechanism> starting = mechanisms.startingAt(path);
    Optional<LoginMechanism> returning = mechanisms.returningTo(path);
    try {
      if (starting.isPresent()) {
        start(starting.get(), request, response);
      } else if (returning.isPresent()) {
        welcome(returning.get(), request, response);
      } else {
        LocalPath next = path.equals(EARLIER_TOKEN) ? TOKENS : choice(request);
        next.redirect(response);
      }
    } catch (SignInException e) {
      refuse(e, request, response);
    } catch (RuntimeException e) {
      if (!(e instanceof Problem problem)) {
        throw e;
      }
      problem.logTo(LOG);
      problem
          .retryAfter()
          .ifPresent(pause -> response.setHeader("Retry-After", Long.toString(pause.toSeconds())));
      response.sendError(problem.status());
    }
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private void start(
      LoginMechanism mechanism, HttpServletRequest request, HttpServletResponse response)
      throws IOException, SignInException {
    LocalPath destination = LocalPath.of(request.getParameter("to")).orElse(LocalPath.HOME);
    SignInAttempt attempt = attempts.begin(destination);
    mechanism.start(attempt, response);
    attempts.send(response, attempt);
  }

  private void welcome(
      LoginMechanism mechanism, HttpServletRequest request, HttpServletResponse response)
      throws SignInException {
    SignInAttempt attempt;
    Identity who;
    try {
      attempt = attempts.end(request, response);
      who = mechanism.identify(request, attempt);
    } catch (SignInException e) {
      audit.record(
          audit
              .of(SIGN_IN)
              .named(MECHANISM, mechanism.title())
              .failed(HttpServletResponse.SC_FORBIDDEN, e.getMessage()));
      throw e;
    }
    Caller caller = sessions.signIn(request, response, who);
    String name = caller.getName();
    audit.record(audit.of(SIGN_IN).by(name, name).named(MECHANISM, mechanism.title()));
    attempt.destination().redirect(response);
  }

  private static LocalPath choice(HttpServletRequest request) {
    return LocalPath.of(request.getParameter("to"))
        .map(to -> new LocalPath(CHOICE + "?to=" + to.escaped()))
        .orElse(new LocalPath(CHOICE));
  }

  private static void refuse(
      SignInException refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (refusal.getCause() != null) {
      LOG.log(Level.WARNING, "a sign-in failed: {0}", refusal.getCause().toString());
    }
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    String why = refusal.getMessage();
    request.setAttribute("problem", Character.toUpperCase(why.charAt(0)) + why.substring(1));
    request
        .getRequestDispatcher("/WEB-INF/pages/refused.xhtml")
        .forward(ParameterizedRequest.none(request), response);
  }
}
