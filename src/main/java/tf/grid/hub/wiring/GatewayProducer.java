package tf.grid.hub.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.SignIn;
import tf.grid.hub.gateway.Gateway;
import tf.grid.hub.gateway.command.WriterCheck;
import tf.grid.hub.store.ChunkInventory;
import tf.grid.hub.store.ChunkStore;

/** Starts the service for chunks, if there is to be one. */
@ApplicationScoped
public class GatewayProducer {

  /** On a hub without authentication no token says who somebody is, so every one is good. */
  @Produces
  @Singleton
  WriterCheck writers(HubConfiguration configuration, SignIn signIn) {
    if (configuration.site().readOnly()) {
      return token -> false;
    }
    return signIn.open()
        ? token -> true
        : token -> signIn.tokens().check(token).filter(GatewayProducer::mayWrite).isPresent();
  }

  private static boolean mayWrite(Caller caller) {
    return caller.may(Scope.WRITE);
  }

  @Produces
  @Singleton
  RunningGateway gateway(
      HubConfiguration configuration,
      ChunkStore store,
      WriterCheck writers,
      Clock clock,
      Closing closing) {
    GatewaySettings settings = configuration.gateway();
    if (!settings.enabled()) {
      return new RunningGateway(Optional.empty());
    }
    Optional<ChunkInventory> inventory =
        store instanceof ChunkInventory known ? Optional.of(known) : Optional.empty();
    return new RunningGateway(
        Optional.of(
            closing.later(
                new Gateway(
                    tf.grid.hub.gateway.GatewaySettings.at(settings.host(), settings.port())
                        .withNamespace(BackendSettings.USUAL_NAMESPACE),
                    store,
                    inventory,
                    Optional.of(writers),
                    clock))));
  }

  /**
   * That the gateway is up, or is not to be.
   *
   * @param gateway listening, if there is one
   */
  record RunningGateway(Optional<Gateway> gateway) {}
}
