package tf.grid.hub.wiring.config;

import java.net.URI;
import java.util.List;
import tf.grid.hub.wiring.property.Loopback;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the website.
 *
 * @param publicUrl public URL, with a path if the hub is below one; no trailing slash
 * @param official repositories that are listed first
 * @param readOnly whether the hub is a read-only mirror
 */
public record SiteSettings(URI publicUrl, List<String> official, boolean readOnly) {

  /**
   * Reads the settings.
   *
   * @param httpPort port of the server, for the default URL
   * @param contextPath path of the application on the server, for the default URL
   */
  static SiteSettings from(Settings settings, int httpPort, String contextPath) {
    return new SiteSettings(
        settings
            .base("hub.public-url")
            .orElse(URI.create("http://localhost:" + httpPort + contextPath)),
        settings.list("hub.official-repositories"),
        settings.flag("hub.read-only", false));
  }

  /** Whether the public URL is a loopback address. */
  boolean isLocal() {
    return Loopback.names(publicUrl.getHost());
  }
}
