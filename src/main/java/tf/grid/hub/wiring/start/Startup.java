package tf.grid.hub.wiring.start;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import javax.management.JMException;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.account.login.LoginMechanisms;
import tf.grid.hub.account.login.SignInAttempts;
import tf.grid.hub.audit.AuditWriter;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.chunk.codec.CodecMode;
import tf.grid.hub.chunk.codec.Codecs;
import tf.grid.hub.chunk.kernel.VectorsUnavailableException;
import tf.grid.hub.health.HealthMonitor;
import tf.grid.hub.http.availability.Availability;
import tf.grid.hub.metrics.HubMetrics;
import tf.grid.hub.search.PathIndexer;
import tf.grid.hub.webhook.Webhooks;
import tf.grid.hub.wiring.CollectionSchedule;
import tf.grid.hub.wiring.ExportedMetrics;
import tf.grid.hub.wiring.LogFormat;
import tf.grid.hub.wiring.RunningGateway;
import tf.grid.hub.wiring.RunningMirror;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.WorkDirectory.Scratch;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.heap.HeapPlan;
import tf.grid.hub.wiring.property.SettingException;

/**
 * Creates all services that can fail before the first request, so that a hub either works or does
 * not start. A failure is one line in the log. {@code hub.jar} ends then; on a server that stays
 * up, every request is answered with the reason.
 */
@SingletonBean
public class Startup {

  private static final System.Logger LOG = System.getLogger(Startup.class.getName());

  /** System property that passes the reason to the launcher, which runs in another class loader. */
  private static final String FAILURE = "tf.grid.hub.start.failure";

  /** Whether the server rejects bytes above 127 in header values. */
  private static final String STRICT_HEADERS =
      "org.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110";

  /** Before all other observers, which need the services. */
  private static final int FIRST = 1;

  /**
   * How long requests that change something may take to end; engines stop a container after 10 s.
   */
  private static final Duration TO_STOP = Duration.ofSeconds(5);

  private static final String VERSION = "/META-INF/maven/tf.grid/hub/pom.properties";

  private final Instance<Object> parts;
  private final ShutdownActions closing;
  private final Availability availability;
  private final Event<Availability.Started> started;

  @Inject
  public Startup(
      @Any Instance<Object> parts,
      ShutdownActions closing,
      Availability availability,
      Event<Availability.Started> started) {
    this.parts = parts;
    this.closing = closing;
    this.availability = availability;
    this.started = started;
  }

  void start(
      @Observes @Priority(FIRST) @Initialized(ApplicationScoped.class) ServletContext application) {
    try {
      HubConfiguration hub = make(HubConfiguration.class);
      LogFormat.install(hub.monitoring().logStyle());
      WritableDirectories.check(hub);
      var unused = closing.later(DataDirectoryLock.take(hub.directories().data()));
      if (CatalogueMove.isAsked()) {
        availability.startFailed("this process only moves the catalogue");
        CatalogueMove.run(hub, make(Clock.class));
        closing.now();
        return;
      }
      make(AuditWriter.class);
      make(ApiAuthentication.class);
      make(LoginMechanisms.class);
      make(SignInAttempts.class);
      make(Scratch.class);
      make(Catalogue.class);
      make(FlistBuilder.class);
      started.fire(new Availability.Started(application));
    } catch (RuntimeException | LinkageError e) {
      fail(e);
    }
  }

  /**
   * Opens the gateway, after everything else in the application has started: if the server gives up
   * before, no port is left open.
   */
  void finish(ServletContext application) {
    if (availability.startFailure().isEmpty()) {
      try {
        make(RunningGateway.class);
        make(HealthMonitor.class);
        make(CollectionSchedule.class).start();
        make(PathIndexer.class).start();
        make(Webhooks.class).start();
        make(RunningMirror.class).start();
        make(ExportedMetrics.class);
        make(HubMetrics.class).version(version(application));
        prepareCodecs(make(HubConfiguration.class).codec());
        closing.later(StopBean.register(application.getContextPath(), this::endRequests));
        StartBanner.lines(version(application), make(HubConfiguration.class))
            .forEach(line -> LOG.log(Level.INFO, line));
        LOG.log(Level.INFO, make(HeapPlan.class).toString());
        warnOfHeaders(application.getServerInfo());
      } catch (IOException | JMException | RuntimeException | LinkageError e) {
        fail(e);
      }
    }
  }

  /** At the end, because it takes seconds of processor time in the background. */
  private void prepareCodecs(CodecMode mode) {
    try {
      make(Codecs.class).prepare(mode, Startup::background, line -> LOG.log(Level.INFO, line));
    } catch (VectorsUnavailableException e) {
      throw SettingException.of(
          "hub.codec",
          mode.name().toLowerCase(Locale.ROOT),
          "auto or scalar here: " + e.getMessage());
    }
  }

  private static Thread background(Runnable work) {
    Thread thread = new Thread(work, "codec-preparation");
    thread.setDaemon(true);
    return thread;
  }

  /** An exception that left this class would become hundreds of lines in the log of the server. */
  private void fail(Throwable failure) {
    String reason = StartFailure.reason(failure);
    availability.startFailed(reason);
    System.setProperty(FAILURE, reason);
    closing.now();
    LOG.log(Level.ERROR, "The hub could not start: {0}", reason);
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
    endRequests();
    closing.now();
  }

  private void endRequests() {
    try {
      if (!availability.stop(TO_STOP)) {
        LOG.log(Level.WARNING, "requests that were still running are cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
