package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Properties;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.account.login.LoginMechanisms;
import tf.grid.hub.audit.AuditWriter;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.health.HealthMonitor;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;

/**
 * Creates all services that can fail before the first request, so that a hub either works or does
 * not start. A failure is one line in the log and the last output of the launcher.
 */
@SingletonBean
public class Startup {

  private static final System.Logger LOG = System.getLogger(Startup.class.getName());

  /** System property that passes the reason to the launcher, which runs in another class loader. */
  private static final String FAILURE = "hub.start.failure";

  /** Whether the server rejects bytes above 127 in header values. */
  private static final String STRICT_HEADERS =
      "org.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110";

  private static final String VERSION = "/META-INF/maven/tf.grid/hub/pom.properties";

  private final Instance<Object> parts;
  private final ShutdownActions closing;

  @Inject
  public Startup(@Any Instance<Object> parts, ShutdownActions closing) {
    this.parts = parts;
    this.closing = closing;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) ServletContext application)
      throws IOException {
    HubConfiguration hub;
    try {
      hub = make(HubConfiguration.class);
      make(AuditWriter.class);
      make(ApiAuthentication.class);
      make(LoginMechanisms.class);
      make(Scratch.class);
      make(Catalogue.class);
      make(FlistBuilder.class);
      make(RunningGateway.class);
      make(HealthMonitor.class);
      make(CollectionSchedule.class).start();
    } catch (RuntimeException e) {
      String reason = StartFailure.reason(e);
      System.setProperty(FAILURE, reason);
      closing.now();
      LOG.log(Level.ERROR, "the hub cannot start: {0}", reason);
      throw e;
    }
    StartBanner.lines(version(application), hub).forEach(line -> LOG.log(Level.INFO, line));
    warnOfHeaders(application.getServerInfo());
  }

  /** Operators of {@code hub.war} must set the property on their server. */
  private static void warnOfHeaders(String server) {
    if (server.contains("Payara") && !"false".equals(System.getProperty(STRICT_HEADERS))) {
      LOG.log(
          Level.WARNING,
          "uploads from paths with other letters than ASCII are refused by this server: start it"
              + " with -D{0}=false",
          STRICT_HEADERS);
    }
  }

  private <T> T make(Class<T> part) {
    return parts.select(part).get();
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    closing.now();
  }

  private static String version(ServletContext application) throws IOException {
    Properties build = new Properties();
    try (InputStream file = application.getResourceAsStream(VERSION)) {
      if (file != null) {
        build.load(file);
      }
    }
    return build.getProperty("version", "(unpackaged)");
  }
}
