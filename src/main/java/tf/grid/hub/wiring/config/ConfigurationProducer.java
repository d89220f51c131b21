package tf.grid.hub.wiring.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.wiring.property.ConfigurationFile;
import tf.grid.hub.wiring.property.FileVariables;
import tf.grid.hub.wiring.property.Settings;

/** Reads the configuration once, before any other service is created. */
@ApplicationScoped
public class ConfigurationProducer {

  private static final System.Logger LOG = System.getLogger(ConfigurationProducer.class.getName());

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
                files.value(property).or(() -> config.getOptionalValue(property, String.class))));
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
