package tf.grid.hub.wiring.config;

import tf.grid.hub.wiring.property.Settings;

/**
 * The hub's own service for readers and writers of chunks.
 *
 * @param enabled whether there is one
 * @param host address to listen on
 * @param port port to listen on
 */
public record GatewaySettings(boolean enabled, String host, int port) {

  private static final int USUAL_PORT = 9900;

  static GatewaySettings from(Settings settings, StoreSettings store) {
    return new GatewaySettings(
        settings.flag("hub.gateway.enabled", !store.isRemote()),
        settings.host("hub.gateway.host").orElse("127.0.0.1"),
        settings.port("hub.gateway.port").orElse(USUAL_PORT));
  }
}
