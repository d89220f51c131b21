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
 * Puts {@link AnonymousAuthContext} before the server's login mechanism when the site starts. Most
 * of the API is public and asked for without a token, and to find that out the server looks up its
 * bean manager and our mechanism by name for each request (docs/performance.md has what that
 * costs).
 */
@ApplicationScoped
public class AnonymousAuthInstaller {

  /** After the settings were checked: until then, nothing is made that depends on them. */
  private static final int LATE = 3000;

  /** The layer of Jakarta Authentication's servlet profile. */
  private static final String LAYER = "HttpServlet";

  void install(
      @Observes @Priority(LATE) @Initialized(ApplicationScoped.class) ServletContext site,
      ApiAuthentication signIn) {
    if (signIn.open()) {
      return; // then everyone is somebody
    }
    // The form is that of the servlet profile of Jakarta Authentication, section 3.2.
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
