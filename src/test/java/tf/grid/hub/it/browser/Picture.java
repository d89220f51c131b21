package tf.grid.hub.it.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** Pictures of pages, kept in {@code target/screenshots}. Stateless. */
final class Picture {
  private static final Path DIRECTORY = Path.of("target", "screenshots");
  private static final int HIGHEST = 2400;

  private Picture() {}

  /** Keeps a picture of the open page from its top to its end, or as much as fits a few screens. */
  static void take(Chromium browser, String name) {
    Map<?, ?> size =
        (Map<?, ?>) browser.command("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    int height = Math.min(HIGHEST, ((Number) size.get("height")).intValue());
    Object picture =
        browser
            .command(
                "Page.captureScreenshot",
                Map.of(
                    "captureBeyondViewport",
                    true,
                    "clip",
                    Map.of(
                        "x", 0, "y", 0, "width", size.get("width"), "height", height, "scale", 1)))
            .get("data");
    try {
      Files.createDirectories(DIRECTORY);
      Files.write(
          DIRECTORY.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(picture)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
