package tf.grid.hub.wiring.config;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import tf.grid.hub.http.BasePath;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.wiring.property.ConfigurationFile;
import tf.grid.hub.wiring.property.FileVariables;
import tf.grid.hub.wiring.property.Settings;

/** Reads the configuration once, before any other service is created. */
@ApplicationScoped
public class ConfigurationProducer {

  private static final System.Logger LOG = System.getLogger(ConfigurationProducer.class.getName());
  private static final int FIRST = 1;

  private volatile String contextPath = "";

  /** Precedes everything that needs the configuration. */
  void locate(
      @Observes @Priority(FIRST) @Initialized(ApplicationScoped.class) ServletContext application) {
    contextPath = application.getContextPath();
  }

  @Produces
  @Singleton
  HubConfiguration configuration() {
    ConfigurationFile.ofProcess().read();
    Config config = ConfigProvider.getConfig();
    List<String> names = new ArrayList<>();
    config.getPropertyNames().forEach(names::add);
    KnownProperties.ofHub()
        .warnings(names, System.getenv().keySet())
        .forEach(line -> LOG.log(Level.WARNING, line));
    FileVariables files = new FileVariables(System.getenv());
    return HubConfiguration.from(
        new Settings(
            property ->
                files.value(property).or(() -> config.getOptionalValue(property, String.class))),
        contextPath);
  }

  @Produces
  @Singleton
  BasePath base(HubConfiguration configuration) {
    return BasePath.of(configuration.site().publicUrl());
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Measures durations. */
  @Produces
  @Singleton
  Ticker ticker() {
    return Ticker.SYSTEM;
  }
}
