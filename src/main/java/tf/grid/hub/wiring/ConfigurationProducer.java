package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads the configuration once, before anything else is made. */
@ApplicationScoped
public class ConfigurationProducer {

  @Produces
  @Singleton
  HubConfiguration configuration() {
    Config config = ConfigProvider.getConfig();
    Settings settings = new Settings(property -> config.getOptionalValue(property, String.class));
    return HubConfiguration.from(settings, HttpListener.from(settings));
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
