package tf.grid.hub.wiring;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;
import java.net.URI;
import tf.grid.hub.http.BasePath;
import tf.grid.hub.wiring.config.HubConfiguration;

/**
 * Derives the path of the session cookie, and whether it requires TLS, from the public URL, since
 * the server does not know what users see behind a proxy. Name and script protection are in {@code
 * web.xml}; its element for other attributes is not known to all servers, which accept such
 * settings only from a listener.
 */
@WebListener
public class SessionCookie implements ServletContextListener {

  /** Field injection, because the server instantiates listeners itself. */
  @Inject private Instance<HubConfiguration> configuration;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    URI site;
    try {
      site = configuration.get().site().publicUrl();
    } catch (RuntimeException e) {
      return; // Startup fails for the same reason and reports it.
    }
    SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
    cookie.setPath(BasePath.of(site).ofCookies());
    cookie.setSecure(site.getScheme().equals("https"));
    // Links from other sites keep visitors signed in, forms of other sites do not.
    cookie.setAttribute("SameSite", "Lax");
  }
}
