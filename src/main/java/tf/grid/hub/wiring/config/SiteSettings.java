package tf.grid.hub.wiring.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tf.grid.hub.site.identity.SiteIdentity;
import tf.grid.hub.site.identity.SiteIdentity.SiteLink;
import tf.grid.hub.site.language.Languages;
import tf.grid.hub.wiring.property.Loopback;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

/**
 * Settings of the website.
 *
 * @param publicUrl public URL, with a path if the hub is below one; no trailing slash
 * @param official repositories that are listed first
 * @param readOnly whether the hub rejects all changes, as every mirror does
 * @param identity name, logo, texts and language
 */
public record SiteSettings(
    URI publicUrl, List<String> official, boolean readOnly, SiteIdentity identity) {

  private static final long LARGEST_LOGO = 256 << 10;
  private static final Pattern LOGO = Pattern.compile(".+\\.(svg|png|jpg|webp)");

  /**
   * Reads the settings.
   *
   * @param httpPort port of the server, for the default URL
   * @param contextPath path of the application on the server, for the default URL
   */
  static SiteSettings from(Settings settings, int httpPort, String contextPath) {
    boolean readOnly = settings.flag("hub.read-only", false);
    boolean mirror = settings.text("hub.mirror.source").isPresent();
    return new SiteSettings(
        settings
            .base("hub.public-url")
            .orElse(URI.create("http://localhost:" + httpPort + contextPath)),
        settings.list("hub.official-repositories"),
        readOnly || mirror,
        new SiteIdentity(
            settings.text("hub.site.name").orElse("Zero-OS Hub"),
            settings.path("hub.site.logo").map(SiteSettings::logo),
            settings.text("hub.site.welcome").orElse(""),
            settings.list("hub.site.links").stream().map(SiteSettings::link).toList(),
            settings.text("hub.site.language").map(SiteSettings::language)));
  }

  private static Path logo(Path file) {
    try {
      if (LOGO.matcher(file.toString()).matches() && Files.size(file) <= LARGEST_LOGO) {
        return file;
      }
    } catch (IOException e) {
      // Reported below, like other files that cannot be used.
    }
    throw SettingException.of(
        "hub.site.logo",
        file.toString(),
        "a readable .svg, .png, .jpg or .webp file of at most 256 KiB");
  }

  private static SiteLink link(String text) {
    String[] parts = text.split("=", 2);
    try {
      URI address = URI.create(parts[parts.length - 1].strip());
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (parts.length == 2 && !parts[0].isBlank() && web && address.getHost() != null) {
        return new SiteLink(parts[0].strip(), address);
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like other invalid links.
    }
    throw SettingException.of(
        "hub.site.links", text, "text=address pairs such as Help=https://example.org/help");
  }

  private static Locale language(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    if (!locale.toLanguageTag().equals(tag) || !Languages.has(locale)) {
      throw SettingException.of(
          "hub.site.language", tag, "a language of the website, such as en or de");
    }
    return locale;
  }

  /** Whether the public URL is a loopback address. */
  boolean isLocal() {
    return Loopback.names(publicUrl.getHost());
  }
}
