package tf.grid.hub.account.anonymous;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContext;
import tf.grid.hub.account.ApiAuthentication;

/**
 * Registers {@link AnonymousAuthContext} in front of the server's authentication mechanism at
 * start-up. Most API requests are public and have no token; without this, the server looks up its
 * bean manager and our mechanism by name for each of them (see docs/performance.md).
 */
@ApplicationScoped
public class AnonymousAuthInstaller {

  /** After validation of the settings, since this bean depends on them. */
  private static final int LATE = 3000;

  /** The layer of the servlet profile of Jakarta Authentication. */
  private static final String LAYER = "HttpServlet";

  void install(
      @Observes @Priority(LATE) @Initialized(ApplicationScoped.class) ServletContext site,
      ApiAuthentication signIn) {
    if (signIn.open()) {
      return; // every caller is authenticated then
    }
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
