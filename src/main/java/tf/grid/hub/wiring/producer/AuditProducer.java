package tf.grid.hub.wiring.producer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import tf.grid.hub.audit.AuditLog;
import tf.grid.hub.audit.AuditTail;
import tf.grid.hub.audit.AuditWriter;
import tf.grid.hub.http.proxy.ClientAddress;
import tf.grid.hub.metrics.AuditMeter;
import tf.grid.hub.metrics.HubMetrics;
import tf.grid.hub.store.reserve.DiskReserves;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.access.AuditSettings;

/**
 * Opens the audit log. Its beans have proxies because filters inject it before the configuration is
 * read.
 */
@ApplicationScoped
public class AuditProducer {

  private static final String FILE = "audit.log";

  @Produces
  @ApplicationScoped
  AuditLog log(AuditWriter writer, HubMetrics metrics) {
    return new AuditMeter(writer, metrics);
  }

  @Produces
  @Singleton
  @Typed(AuditWriter.class)
  AuditWriter writer(
      HubConfiguration configuration, Clock clock, DiskReserves disks, ShutdownActions closing)
      throws IOException {
    AuditSettings settings = configuration.audit();
    return closing.later(
        AuditWriter.to(
            configuration.directories().data().resolve(FILE),
            settings.fileBytes(),
            settings.oldFiles(),
            clock,
            disks::release));
  }

  @Produces
  @Singleton
  AuditTail tail(HubConfiguration configuration) {
    return new AuditTail(configuration.directories().data().resolve(FILE));
  }

  /** A proxy, because JAX-RS asks for it at deployment, before a wrong setting is reported. */
  @Produces
  @ApplicationScoped
  ClientAddress address(HubConfiguration configuration) {
    return configuration.audit().proxies();
  }
}
