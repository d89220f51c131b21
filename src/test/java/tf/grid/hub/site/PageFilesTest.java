package tf.grid.hub.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilesTest {
  private static final Path PAGES = Path.of("src", "main", "webapp", "WEB-INF");

  /** URLs that are neither of this page, nor of an asset, nor begin with the path of the hub. */
  private static final Pattern WITHOUT_BASE =
      Pattern.compile(
          "(?:\\b(?:href|src)=\"(?!/WEB-INF/|#[a-z]+\"|#\\{resource\\[|#\\{site\\.(?:base\\}|url\\())[^\"]*\""
              + "|\\baction=\"/[^\"]*\")");

  @Test
  void links_start_with_the_path_of_the_hub() throws IOException {
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PAGES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".xhtml")).toList()) {
        Matcher link = WITHOUT_BASE.matcher(Files.readString(file));
        while (link.find()) {
          wrong.add(file.getFileName() + ": " + link.group());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
