package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;

/**
 * Keeps the cookie of sessions off requests that other sites make, and off plain connections when
 * users reach the hub by TLS, which the server behind a proxy cannot know.
 */
@ApplicationScoped
public class SecureCookies {

  void decide(
      @Observes @Initialized(ApplicationScoped.class) ServletContext application,
      HubConfiguration configuration) {
    boolean tls = configuration.site().publicUrl().getScheme().equals("https");
    SessionCookieConfig cookie = application.getSessionCookieConfig();
    cookie.setSecure(tls);
    // Not in web.xml: this server takes it from there, but warns that it does not know attributes.
    cookie.setAttribute("SameSite", "Lax");
  }
}
