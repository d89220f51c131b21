package tf.grid.hub.it.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core finds in the open page that keeps people from using it. Stateless. */
final class Axe {
  private static final String SOURCE = source();

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, { resultTypes: ["violations"] }).then(
        (result) => done(result.violations
          .filter((found) => found.impact !== "minor")
          .flatMap((found) => found.nodes.map(
            (node) => found.id + ": " + node.target.join(" ") + " " + (node.any[0]?.message ?? found.help)))),
        (problem) => done([String(problem)]));
      """;

  private Axe() {}

  /** All findings but minor ones, one a line. */
  static List<String> findings(Chromium browser) {
    if (Boolean.FALSE.equals(browser.ask("return \"axe\" in window"))) {
      browser.ask(SOURCE);
    }
    return ((List<?>) browser.await(RUN)).stream().map(String::valueOf).toList();
  }

  private static String source() {
    try (InputStream file = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
