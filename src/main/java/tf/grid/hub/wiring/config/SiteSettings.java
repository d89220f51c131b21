package tf.grid.hub.wiring.config;

import java.net.URI;
import java.util.List;
import tf.grid.hub.wiring.property.Loopback;
import tf.grid.hub.wiring.property.Settings;

/**
 * How users meet the hub.
 *
 * @param publicUrl how they reach it; no path, no trailing slash
 * @param official repositories that are shown first
 * @param readOnly whether the hub is a mirror that nobody can change
 */
public record SiteSettings(URI publicUrl, List<String> official, boolean readOnly) {

  /**
   * Reads the settings.
   *
   * @param httpPort where the server listens, for the default address
   */
  static SiteSettings from(Settings settings, int httpPort) {
    return new SiteSettings(
        settings.site("hub.public-url", URI.create("http://localhost:" + httpPort)),
        settings.list("hub.official-repositories"),
        settings.flag("hub.read-only", false));
  }

  /** Whether users reach the hub on their own machine only. */
  boolean isLocal() {
    return Loopback.names(publicUrl.getHost());
  }
}
