package tf.grid.hub.account.anonymous;

import jakarta.inject.Inject;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import tf.grid.hub.account.SignIn;

/**
 * Puts {@link AnonymousPass} before the server's login mechanism when the site starts. Most of the
 * API is public and asked for without a token, and to find that out the server looks up its bean
 * manager and our mechanism by name for each request (docs/performance.md has what that costs).
 */
@WebListener
public class AnonymousCalls implements ServletContextListener {

  /** The layer of Jakarta Authentication's servlet profile. */
  private static final String LAYER = "HttpServlet";

  /** Not through the constructor: the server makes listeners itself. */
  @Inject private SignIn signIn;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (signIn.open()) {
      return; // then everyone is somebody
    }
    ServletContext site = event.getServletContext();
    // The form is that of the servlet profile of Jakarta Authentication, section 3.2.
    String application = site.getVirtualServerName() + " " + site.getContextPath();
    AuthConfigFactory factory = AuthConfigFactory.getFactory();
    AuthConfigProvider server = factory.getConfigProvider(LAYER, application, null);
    if (server != null) {
      factory.registerConfigProvider(
          new AnonymousPass(server, site.getContextPath() + "/api/"),
          LAYER,
          application,
          "lets calls of the API without a token pass");
    }
  }
}
