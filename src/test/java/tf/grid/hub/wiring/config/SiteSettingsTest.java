package tf.grid.hub.wiring.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.site.identity.SiteIdentity;
import tf.grid.hub.site.identity.SiteIdentity.SiteLink;
import tf.grid.hub.wiring.property.SettingException;
import tf.grid.hub.wiring.property.Settings;

class SiteSettingsTest {

  private static SiteIdentity identity(Map<String, String> properties) {
    Settings settings = new Settings(name -> Optional.ofNullable(properties.get(name)));
    return SiteSettings.from(settings, 8080, "").identity();
  }

  @Test
  void a_hub_has_a_name_without_settings() {
    SiteIdentity usual = identity(Map.of());
    assertThat(usual.name()).isEqualTo("Zero-OS Hub");
    assertThat(usual.logo()).isEmpty();
    assertThat(usual.welcome()).isEmpty();
    assertThat(usual.links()).isEmpty();
  }

  @Test
  void links_have_a_text_and_an_address() {
    assertThat(
            identity(Map.of("hub.site.links", "Help = https://a.example/?q=1, Rules=http://b"))
                .links())
        .containsExactly(
            new SiteLink("Help", URI.create("https://a.example/?q=1")),
            new SiteLink("Rules", URI.create("http://b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/",
        "=https://a.example/",
        "Help=",
        "Help=javascript:alert(1)",
        "Help=/help",
        "Help=https:///x",
        "Help=https://a b"
      })
  void other_links_are_refused(String links) {
    assertThatThrownBy(() -> identity(Map.of("hub.site.links", links)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("hub.site.links");
  }

  @Test
  void the_language_is_one_of_the_website() {
    assertThat(identity(Map.of()).language()).isEmpty();
    assertThat(identity(Map.of("hub.site.language", "de")).language()).hasValue(Locale.GERMAN);
    assertThat(identity(Map.of("hub.site.language", "en")).language()).hasValue(Locale.ENGLISH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fr", "DE", "deutsch", "../de", "_", "de_DE"})
  void other_languages_are_refused(String tag) {
    assertThatThrownBy(() -> identity(Map.of("hub.site.language", tag)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("hub.site.language");
  }

  @Test
  void a_logo_is_a_small_image(@TempDir Path directory) throws IOException {
    Path logo = Files.write(directory.resolve("logo.png"), new byte[256 << 10]);
    assertThat(identity(Map.of("hub.site.logo", logo.toString())).logo()).hasValue(logo);

    Path large = Files.write(directory.resolve("large.png"), new byte[(256 << 10) + 1]);
    Path other = Files.writeString(directory.resolve("logo.html"), "x");
    for (Path wrong : new Path[] {large, other, directory.resolve("missing.svg")}) {
      assertThatThrownBy(() -> identity(Map.of("hub.site.logo", wrong.toString())))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("hub.site.logo");
    }
  }
}
