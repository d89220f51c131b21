package tf.grid.hub.account.anonymous;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContext;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.http.availability.Availability;

/**
 * Registers {@link AnonymousAuthContext} in front of the server's authentication mechanism at
 * start-up. Most API requests are public and have no token; without this, the server looks up its
 * bean manager and our mechanism by name for each of them (see docs/performance.md).
 */
@ApplicationScoped
public class AnonymousAuthInstaller {

  /** The layer of the servlet profile of Jakarta Authentication. */
  private static final String LAYER = "HttpServlet";

  void install(@Observes Availability.Started hub, ApiAuthentication signIn) {
    if (signIn.open()) {
      return; // every caller is authenticated then
    }
    ServletContext site = hub.application();
    // The format is defined in section 3.2 of Jakarta Authentication (servlet profile).
    String application = site.getVirtualServerName() + " " + site.getContextPath();
    AuthConfigFactory factory = AuthConfigFactory.getFactory();
    AuthConfigProvider server = factory.getConfigProvider(LAYER, application, null);
    if (server != null) {
      factory.registerConfigProvider(
          new AnonymousAuthContext(server, site.getContextPath() + "/api/"),
          LAYER,
          application,
          "lets calls of the API without a token pass");
    }
  }
}
