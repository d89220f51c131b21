package tf.grid.hub.wiring.monitor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.metrics.HubMetrics;
import tf.grid.hub.metrics.MetricsAccess;
import tf.grid.hub.metrics.RequestMeter;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.property.Secret;

/** Produces the registry of metrics and what serves it. */
@ApplicationScoped
public class MetricsProducer {

  @Produces
  @Singleton
  HubMetrics metrics() {
    return new HubMetrics();
  }

  @Produces
  @Singleton
  RequestMeter requests(HubMetrics metrics, Ticker ticker) {
    return new RequestMeter(metrics, ticker);
  }

  @Produces
  @Singleton
  MetricsAccess access(HubConfiguration configuration) {
    return new MetricsAccess(configuration.monitoring().metricsToken().map(Secret::reveal));
  }
}
