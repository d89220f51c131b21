package tf.grid.hub.wiring.config;

import java.util.Optional;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the chunk store.
 *
 * @param kind kind of store
 * @param host of a remote store
 * @param port of a remote store
 * @param namespace of a 0-db
 * @param password argument of {@code SELECT} for a 0-db, of {@code AUTH} for Redis
 */
public record StoreSettings(
    Kind kind, String host, int port, String namespace, Optional<Secret> password) {

  private static final int USUAL_PORT = 9900;

  public enum Kind {
    /** In the hub's own process, in the store directory. */
    EMBEDDED,
    ZDB,
    REDIS
  }

  static StoreSettings from(Settings settings) {
    return new StoreSettings(
        settings.choice("hub.store", Kind.class, Kind.EMBEDDED),
        settings.host("hub.store.host").orElse("localhost"),
        settings.port("hub.store.port").orElse(USUAL_PORT),
        settings.word("hub.store.namespace").orElse(BackendSettings.USUAL_NAMESPACE),
        settings.secret("hub.store.password"));
  }

  /** Whether the hub reaches its store over the network. */
  public boolean isRemote() {
    return kind != Kind.EMBEDDED;
  }
}
