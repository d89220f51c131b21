package tf.grid.hub.account;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.http.availability.Availability;
import tf.grid.hub.problem.Problem;

/**
 * The hub's only authentication mechanism. Under {@code /api} it accepts only bearer tokens (the
 * scheme is case-insensitive); elsewhere it uses the browser session. It never rejects a request:
 * most of the hub is public, so a request without a valid token continues as anonymous and is
 * rejected where a caller is required. Thread-safe.
 */
@ApplicationScoped
@Alternative
@Priority(Interceptor.Priority.APPLICATION)
public class HubAuthenticationMechanism implements HttpAuthenticationMechanism {

  private static final System.Logger LOG =
      System.getLogger(HubAuthenticationMechanism.class.getName());
  private static final Caller ADMINISTRATOR = Caller.configured(AccountName.ADMINISTRATOR);

  private final Availability availability;
  private final Instance<ApiAuthentication> methods;
  private final Instance<SessionAuthenticator> pages;

  protected HubAuthenticationMechanism() {
    this(null, null, null);
  }

  /**
   * Injected by CDI.
   *
   * @param methods do not exist if the hub could not start, like {@code pages}
   */
  @Inject
  public HubAuthenticationMechanism(
      Availability availability,
      Instance<ApiAuthentication> methods,
      Instance<SessionAuthenticator> pages) {
    this.availability = availability;
    this.methods = methods;
    this.pages = pages;
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    try {
      if (availability.startFailure().isPresent()) {
        return context.doNothing();
      }
      ApiAuthentication signIn = methods.get();
      if (!signIn.open() && !isApi(request)) {
        return pages
            .get()
            .caller(request)
            .map(caller -> signIn(caller, Set.of(Caller.USER), request, context))
            .orElseGet(context::doNothing);
      }
      return recognise(request, signIn)
          .map(caller -> signIn(caller, caller.getGroups(), request, context))
          .orElseGet(context::doNothing);
    } catch (Throwable e) {
      // An exception that leaves this method would produce an error page of the container and log
      // the header.
      failure(e).leaveWith(request);
      return context.doNothing();
    }
  }

  private static AuthenticationFailure failure(Throwable cause) {
    if (cause instanceof Problem problem && problem.retryAfter().isPresent()) {
      problem.logTo(LOG);
      return AuthenticationFailure.UNAVAILABLE;
    }
    LOG.log(Level.ERROR, "checking a token failed: {0}", cause.getClass().getName());
    return AuthenticationFailure.BAD_TOKEN;
  }

  /** Servers differ in which callers they accept, which is a matter of their settings. */
  private static AuthenticationStatus signIn(
      Caller caller, Set<String> groups, HttpServletRequest request, HttpMessageContext context) {
    try {
      return context.notifyContainerAboutLogin(caller, groups);
    } catch (RuntimeException e) {
      LOG.log(
          Level.ERROR,
          "the server does not accept the caller {0}, see docs/servers.md: {1}",
          caller.getName(),
          rootCause(e));
      AuthenticationFailure.BAD_TOKEN.leaveWith(request);
      return context.doNothing();
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Optional<Caller> recognise(HttpServletRequest request, ApiAuthentication signIn) {
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
   * {@code /api}. Thread-safe.
   */
  @FunctionalInterface
  public interface SessionAuthenticator {

    /** Returns the signed-in user, if there is one. */
    Optional<Caller> caller(HttpServletRequest request);
  }
}
