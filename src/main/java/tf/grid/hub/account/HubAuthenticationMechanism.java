package tf.grid.hub.account;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The hub's only login mechanism. Under {@code /api} it takes bearer tokens, the scheme in any
 * case, and nothing else; elsewhere the browser's session counts. It never answers itself: a
 * request without a good token goes on as an anonymous one, since most of the hub is public, and is
 * refused where a caller is needed. Safe for any number of threads.
 */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
public class HubAuthenticationMechanism implements HttpAuthenticationMechanism {

  private static final System.Logger LOG =
      System.getLogger(HubAuthenticationMechanism.class.getName());
  private static final Caller ADMINISTRATOR = Caller.configured(AccountName.ADMINISTRATOR);

  private final ApiAuthentication signIn;
  private final SessionAuthenticator pages;

  /** For the container's proxy. */
  protected HubAuthenticationMechanism() {
    this(null, null);
  }

  /** Takes how callers of the API, and users of the site, are recognised. */
  @Inject
  public HubAuthenticationMechanism(ApiAuthentication signIn, SessionAuthenticator pages) {
    this.signIn = signIn;
    this.pages = pages;
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    try {
      if (!signIn.open() && !isApi(request)) {
        return pages.validate(request, response, context);
      }
      return recognise(request)
          .map(caller -> context.notifyContainerAboutLogin(caller, caller.getGroups()))
          .orElseGet(context::doNothing);
    } catch (Throwable e) {
      // Anything thrown from here becomes the container's own page and a logged header.
      LOG.log(Level.ERROR, "checking a token failed: {0}", e.getClass().getName());
      AuthenticationFailure.BAD_TOKEN.leaveWith(request);
      return context.doNothing();
    }
  }

  private Optional<Caller> recognise(HttpServletRequest request) {
    if (signIn.open()) {
      return Optional.of(ADMINISTRATOR);
    }
    String header = request.getHeader("Authorization");
    if (header == null) {
      return Optional.empty();
    }
    Optional<String> token = BearerHeader.token(header);
    if (token.isEmpty()) {
      AuthenticationFailure.MALFORMED_HEADER.leaveWith(request);
      return Optional.empty();
    }
    Optional<Caller> caller = token.flatMap(signIn.tokens()::check);
    if (caller.isEmpty()) {
      AuthenticationFailure.BAD_TOKEN.leaveWith(request);
    }
    return caller;
  }

  private static boolean isApi(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
  }

  /**
   * Authenticates the requests of browsers, which send no token. Never called for paths below
   * {@code /api}. Safe for any number of threads.
   */
  @FunctionalInterface
  public interface SessionAuthenticator {

    /**
     * Does for a page what {@link HttpAuthenticationMechanism#validateRequest} does.
     *
     * @throws AuthenticationException when the caller cannot be determined
     */
    AuthenticationStatus validate(
        HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
        throws AuthenticationException;
  }
}
