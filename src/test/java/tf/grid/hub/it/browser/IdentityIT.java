package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;

/** A hub with a name, a logo and texts of its operator. */
@NeedsPrograms({"chromium", "chromedriver"})
class IdentityIT {

  @Test
  void the_site_looks_like_its_operator_wants(@TempDir Path directory) throws IOException {
    Path logo =
        Files.writeString(
            directory.resolve("our.svg"),
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle cx=\"4\" cy=\"4\""
                + " r=\"4\" fill=\"green\"/></svg>");
    Map<String, String> settings =
        Map.of(
            "HUB_SITE_NAME", "Farm <b>Hub",
            "HUB_SITE_LOGO", logo.toString(),
            "HUB_SITE_WELCOME", "Flists of *our* farm. <img src=x> [Rules](https://farm.example/)",
            "HUB_SITE_LINKS", "Imprint=https://farm.example/imprint, Help=https://help.example/");
    try (RunningHub hub = RunningHub.start(settings);
        Chromium browser = Chromium.at(hub.uri("/"))) {
      browser.open("/");
      assertThat(browser.driver().getTitle()).isEqualTo("Flists for Zero-OS – Farm <b>Hub");
      assertThat(browser.find("h1").getText()).isEqualTo("Farm <b>Hub");
      assertThat(browser.find(".welcome").getText())
          .isEqualTo("Flists of our farm. <img src=x> Rules");
      assertThat(browser.find("footer a[href='https://farm.example/imprint']").getText())
          .isEqualTo("Imprint");
      assertThat(browser.find(".logo").getAttribute("src")).endsWith("/hub/logo.svg");
      assertThat(browser.ask("return document.querySelector('.logo').naturalWidth > 0"))
          .isEqualTo(true);
      Picture.take(browser, "identity");
      assertThat(Axe.findings(browser)).isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
