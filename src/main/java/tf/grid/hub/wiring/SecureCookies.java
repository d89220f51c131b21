package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import tf.grid.hub.wiring.config.HubConfiguration;

/**
 * Keeps the cookie of sessions off plain connections when users reach the hub by TLS, which the
 * server behind a proxy cannot know.
 */
@ApplicationScoped
public class SecureCookies {

  void decide(
      @Observes @Initialized(ApplicationScoped.class) ServletContext application,
      HubConfiguration configuration) {
    boolean tls = configuration.site().publicUrl().getScheme().equals("https");
    application.getSessionCookieConfig().setSecure(tls);
  }
}
