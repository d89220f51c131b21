package tf.grid.hub.account.anonymous;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;

/**
 * Passes API requests without an {@code Authorization} header through as anonymous, as the wrapped
 * mechanism would do, and delegates all other requests to it. Thread-safe if the mechanism is.
 */
final class AnonymousAuthContext implements AuthConfigProvider {

  private final AuthConfigProvider mechanism;
  private final String api;

  /**
   * Wraps a mechanism.
   *
   * @param api prefix of the paths on which the header is the only way to authenticate
   */
  AnonymousAuthContext(AuthConfigProvider mechanism, String api) {
    this.mechanism = mechanism;
    this.api = api;
  }

  @Override
  public ServerAuthConfig getServerAuthConfig(
      String layer, String application, CallbackHandler handler) throws AuthException {
    return new Config(mechanism.getServerAuthConfig(layer, application, handler));
  }

  @Override
  public ClientAuthConfig getClientAuthConfig(
      String layer, String application, CallbackHandler handler) throws AuthException {
    return mechanism.getClientAuthConfig(layer, application, handler);
  }

  @Override
  public void refresh() {
    mechanism.refresh();
  }

  private boolean passes(MessageInfo message) {
    return message.getRequestMessage() instanceof HttpServletRequest request
        && request.getRequestURI().startsWith(api)
        && request.getHeader("Authorization") == null;
  }

  private final class Config implements ServerAuthConfig {
    private final ServerAuthConfig config;

    Config(ServerAuthConfig config) {
      this.config = config;
    }

    @Override
    public ServerAuthContext getAuthContext(
        String id, Subject service, Map<String, Object> properties) throws AuthException {
      return new Context(config.getAuthContext(id, service, properties));
    }

    @Override
    public String getAuthContextID(MessageInfo message) {
      return config.getAuthContextID(message);
    }

    @Override
    public String getMessageLayer() {
      return config.getMessageLayer();
    }

    @Override
    public String getAppContext() {
      return config.getAppContext();
    }

    @Override
    public boolean isProtected() {
      return config.isProtected();
    }

    @Override
    public void refresh() {
      config.refresh();
    }
  }

  private final class Context implements ServerAuthContext {
    private final ServerAuthContext context;

    Context(ServerAuthContext context) {
      this.context = context;
    }

    @Override
    public AuthStatus validateRequest(MessageInfo message, Subject client, Subject service)
        throws AuthException {
      return passes(message)
          ? AuthStatus.SUCCESS
          : context.validateRequest(message, client, service);
    }

    @Override
    public AuthStatus secureResponse(MessageInfo message, Subject service) throws AuthException {
      return passes(message) ? AuthStatus.SEND_SUCCESS : context.secureResponse(message, service);
    }

    @Override
    public void cleanSubject(MessageInfo message, Subject subject) throws AuthException {
      context.cleanSubject(message, subject);
    }
  }
}
