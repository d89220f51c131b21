package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import tf.grid.hub.http.availability.Availability;
import tf.grid.hub.wiring.config.HubConfiguration;

/**
 * Marks session cookies as secure if the public URL uses TLS, which the server cannot detect behind
 * a proxy.
 */
@ApplicationScoped
public class SecureCookies {

  void decide(@Observes Availability.Started hub, HubConfiguration configuration) {
    boolean tls = configuration.site().publicUrl().getScheme().equals("https");
    hub.application().getSessionCookieConfig().setSecure(tls);
  }
}
