package tf.grid.hub.wiring.producer.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import tf.grid.hub.account.ApiAuthentication;
import tf.grid.hub.account.UsersMap;
import tf.grid.hub.audit.AuditLog;
import tf.grid.hub.gateway.Gateway;
import tf.grid.hub.gateway.command.WriterAuthenticator;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.wiring.RunningGateway;
import tf.grid.hub.wiring.ShutdownActions;
import tf.grid.hub.wiring.config.BackendSettings;
import tf.grid.hub.wiring.config.HubConfiguration;
import tf.grid.hub.wiring.config.HubConfiguration.GatewaySettings;
import tf.grid.hub.wiring.heap.HeapPlan;
import tf.grid.hub.wiring.producer.store.StoreProducer.DirectStore;

/** Starts the gateway if it is enabled. */
@ApplicationScoped
public class GatewayProducer {

  @Produces
  @Singleton
  WriterAuthenticator writers(
      HubConfiguration configuration, ApiAuthentication signIn, UsersMap users, AuditLog audit) {
    return new GatewayWriters(configuration.site().readOnly(), signIn, users, audit);
  }

  @Produces
  @Singleton
  RunningGateway gateway(
      HubConfiguration configuration,
      HeapPlan heap,
      ChunkStore store,
      DirectStore direct,
      WriterAuthenticator writers,
      Clock clock,
      ShutdownActions closing) {
    GatewaySettings settings = configuration.gateway();
    if (!settings.enabled()) {
      return new RunningGateway(Optional.empty());
    }
    return new RunningGateway(
        Optional.of(
            closing.later(
                new Gateway(
                    tf.grid.hub.gateway.GatewayOptions.at(settings.host(), settings.port())
                        .withNamespace(BackendSettings.USUAL_NAMESPACE)
                        .withMemory(heap.gateway()),
                    store,
                    direct.inventory(),
                    Optional.of(writers),
                    clock))));
  }
}
