package tf.grid.hub.wiring.config;

import tf.grid.hub.catalogue.Backend;
import tf.grid.hub.wiring.config.HubConfiguration.GatewaySettings;
import tf.grid.hub.wiring.property.Loopback;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * The backend that is written into every flist: where clients read chunks.
 *
 * @param host a name or address that clients can reach
 * @param port its port
 * @param namespace its namespace
 */
public record BackendSettings(String host, int port, String namespace) {

  public static final String USUAL_NAMESPACE = "default";

  private static final String HOST = "hub.backend.host";

  /**
   * Reads the settings. The defaults are the host of the public URL and the port of the gateway, or
   * the address of the store if there is no gateway and clients can read from it.
   *
   * @throws SettingException if clients could not reach the backend
   */
  static BackendSettings from(
      Settings settings, SiteSettings site, StoreSettings store, GatewaySettings gateway) {
    if (!gateway.enabled() && !store.servesReaders() && settings.text(HOST).isEmpty()) {
      throw SettingException.of(
          "hub.gateway.enabled",
          false,
          "true with this store, or hub.backend.host must say where readers get chunks");
    }
    boolean ours = gateway.enabled() || !store.servesReaders();
    BackendSettings backend =
        new BackendSettings(
            settings.host(HOST).orElse(ours ? site.publicUrl().getHost() : store.host()),
            settings.port("hub.backend.port").orElse(ours ? gateway.port() : store.port()),
            settings
                .word("hub.backend.namespace")
                .orElse(ours ? USUAL_NAMESPACE : store.namespace()));
    backend.refuseUnreachable(site);
    return backend;
  }

  /** The backend for the metadata of flists. */
  public Backend published() {
    return new Backend(host, port, namespace);
  }

  private void refuseUnreachable(SiteSettings site) {
    if (Loopback.isWildcard(host)) {
      throw SettingException.of(
          HOST, host, "an address that readers can connect to: a wildcard is never published");
    }
    if (Loopback.names(host) && !site.isLocal()) {
      throw SettingException.of(
          HOST,
          host,
          "an address that readers can connect to: loopback is published only when hub.public-url"
              + " is a loopback address too (it is "
              + site.publicUrl()
              + ")");
    }
  }
}
