package tf.grid.hub.account.login.oidc;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.util.Set;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.HubAuthenticationMechanism.SessionAuthenticator;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.bean.SingletonBean;

/**
 * Authenticates visitors of the website by their session, and delegates the two steps of an OpenID
 * Connect sign-in to the server's mechanism. Thread-safe.
 */
@SingletonBean
public class OpenIdSessionAuthenticator implements SessionAuthenticator {

  private static final System.Logger LOG =
      System.getLogger(OpenIdSessionAuthenticator.class.getName());
  private static final String OURS = "tf.grid.hub.";

  private final OpenIdConnectSettings settings;
  private final WebSessions sessions;
  private final BeanManager beans;

  @Inject
  public OpenIdSessionAuthenticator(
      OpenIdConnectSettings settings, WebSessions sessions, BeanManager beans) {
    this.settings = settings;
    this.sessions = sessions;
    this.beans = beans;
  }

  @Override
  public AuthenticationStatus validate(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    // Both steps are GET requests. Forms are not read here, because their bodies are not limited
    // yet.
    boolean link = request.getMethod().equals("GET");
    if (settings.enabled() && link && isStep(request, context)) {
      return step(request, response, context);
    }
    return sessions
        .caller(request)
        .map(caller -> context.notifyContainerAboutLogin(caller, Set.of(Caller.USER)))
        .orElseGet(context::doNothing);
  }

  /**
   * Failures of the provider are not failures of the hub: they are shown to the visitor as an error
   * message.
   */
  private AuthenticationStatus step(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    try {
      AuthenticationStatus status =
          server()
              .validateRequest(new ExternalUrlRequest(request, settings.site()), response, context);
      return status == AuthenticationStatus.SEND_FAILURE ? context.doNothing() : status;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "OpenID Connect failed: {0}", e.toString());
      return context.doNothing();
    }
  }

  private static boolean isStep(HttpServletRequest request, HttpMessageContext context) {
    String path = request.getServletPath();
    return path.equals(OpenIdConnectLogin.RETURN)
        || (isStart(path) && context.isAuthenticationRequest());
  }

  private static boolean isStart(String path) {
    return path.equals(OpenIdConnectLogin.START) || path.equals(OpenIdConnectLogin.START + "/");
  }

  /** Injection would return our own mechanism, which is an alternative to all others. */
  private HttpAuthenticationMechanism server() {
    Bean<?> bean =
        beans.getBeans(HttpAuthenticationMechanism.class, Any.Literal.INSTANCE).stream()
            .filter(one -> !one.getBeanClass().getName().startsWith(OURS))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("this server has no OpenID Connect"));
    return (HttpAuthenticationMechanism)
        beans.getReference(
            bean, HttpAuthenticationMechanism.class, beans.createCreationalContext(bean));
  }
}
