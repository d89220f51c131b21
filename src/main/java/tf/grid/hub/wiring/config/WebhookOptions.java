package tf.grid.hub.wiring.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.wiring.config.HubConfiguration.Directories;
import tf.grid.hub.wiring.property.Secret;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Who is told of changes in the catalogue.
 *
 * @param receivers addresses, at most 16
 * @param secret signs the requests
 * @param directory for events that wait
 */
public record WebhookOptions(List<URI> receivers, Optional<Secret> secret, Path directory) {
  private static final String URLS = "hub.webhooks.urls";
  private static final int MOST = 16;

  static WebhookOptions from(Settings settings) {
    List<String> texts = settings.list(URLS);
    if (texts.size() > MOST) {
      throw SettingException.of(URLS, texts.size() + " addresses", "at most " + MOST);
    }
    return new WebhookOptions(
        texts.stream().map(WebhookOptions::address).distinct().toList(),
        settings.secret("hub.webhooks.secret"),
        Directories.from(settings).data().resolve("webhooks"));
  }

  /** The message does not repeat the address, which may have a secret in it. */
  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (web
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like other invalid addresses.
    }
    throw SettingException.of(
        URLS, "one of the addresses", "http or https addresses with commas between");
  }
}
