package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import tf.grid.hub.wiring.config.HubConfiguration;

/**
 * Marks session cookies as secure if the public URL uses TLS, which the server cannot detect behind
 * a proxy.
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
