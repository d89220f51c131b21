package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.BreakableLine;
import tf.grid.hub.image.bench.HeldRegistry;
import tf.grid.hub.image.bench.OddImage;
import tf.grid.hub.image.bench.RegistryServer;

/** A page that shows how far a conversion is, when its connection breaks, and when the hub dies. */
@NeedsPrograms({"chromium", "chromedriver", "docker-registry", "skopeo", "busybox"})
class ReconnectIT {
  @TempDir static Path directory;
  private static RegistryServer registry;
  private static HeldRegistry once;
  private static HeldRegistry again;
  private static HeldRegistry reloaded;
  private static BreakableLine line;
  private static RunningHub hub;
  private static Chromium browser;

  @BeforeAll
  static void start() throws IOException {
    registry = RegistryServer.plain();
    registry.push(OddImage.in(directory), "odd:1");
    once = new HeldRegistry(registry);
    again = new HeldRegistry(registry);
    reloaded = new HeldRegistry(registry);
    line = new BreakableLine();
    String site = "http://127.0.0.1:" + line.port();
    hub =
        RunningHub.start(
            Map.of(
                "HUB_PUBLIC_URL",
                site,
                "HUB_IMAGE_INSECURE_REGISTRIES",
                once.name() + "," + again.name() + "," + reloaded.name()));
    line.lead(hub.port());
    browser = Chromium.at(URI.create(site + "/"));
  }

  @AfterAll
  static void stop() throws IOException {
    browser.close();
    hub.close();
    line.close();
    again.close();
    reloaded.close();
    once.close();
    registry.close();
  }

  private static void convert(HeldRegistry from, String name) throws InterruptedException {
    browser.open("/docker-convert");
    browser.find("#reference").sendKeys(from.name() + "/odd:1");
    browser.find("#name").sendKeys(name);
    browser.find("#image [type=submit]").click();
    from.awaitAsked();
    awaitStatus("Fetching");
  }

  private static void awaitStatus(String text) {
    browser.until(page -> browser.find("[role=status]").getText().contains(text));
  }

  @Test
  void a_conversion_goes_on_and_is_followed_again_when_the_connection_broke() throws Exception {
    convert(once, "followed");
    line.cut();
    awaitStatus("Connection lost");
    once.release();
    awaitStatus("Published Administrator/followed.flist");
    assertThat(browser.find("[data-progress]").isDisplayed()).isFalse();
    browser.follow(browser.find("[role=status] a"));
    assertThat(browser.address()).isEqualTo("/Administrator/followed.flist.md");
  }

  @Test
  void a_conversion_is_found_again_after_the_page_was_loaded_again() throws Exception {
    convert(reloaded, "reloaded");
    browser.open("/upload");
    browser.until(page -> browser.find("[data-running]").getText().contains("Fetching"));
    assertThat(browser.find("[data-running] button").isDisplayed()).isTrue();
    Picture.take(browser, "upload-running");
    reloaded.release();
    browser.until(
        page ->
            browser
                .find("[data-running]")
                .getText()
                .contains("Published Administrator/reloaded.flist"));
    browser.open("/docker-convert");
    assertThat(browser.find("[data-jobs]").getText())
        .contains("Published Administrator/reloaded.flist");
  }

  @Test
  void a_job_that_ended_with_the_hub_is_told_kindly() throws Exception {
    convert(again, "ended");
    hub.kill();
    awaitStatus("Connection lost");
    hub.restart();
    awaitStatus("The hub was restarted and this job was lost.");
    assertThat(browser.find("#image [type=submit]").isEnabled()).isTrue();
    assertThat(browser.find("#reference").getAttribute("value")).isEqualTo(again.name() + "/odd:1");
  }
}
