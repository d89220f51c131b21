package tf.grid.hub.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of beans and of what pages repeat over share one space, and the bean would win. */
class PageNamesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path PAGES = Path.of("src/main/webapp/WEB-INF");

  @Test
  void no_page_repeats_over_something_by_the_name_of_a_bean() throws IOException {
    Set<String> beans = all(SOURCES, Pattern.compile("@Named\\(\"(\\w+)\"\\)"));
    Set<String> repeated = all(PAGES, Pattern.compile("\\bvar=\"(\\w+)\""));
    assertThat(beans).contains("flist", "merge");
    assertThat(repeated).contains("row", "fact").doesNotContainAnyElementsOf(beans);
  }

  private static Set<String> all(Path directory, Pattern pattern) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .flatMap(file -> pattern.matcher(text(file)).results())
          .map(match -> match.group(1))
          .collect(Collectors.toSet());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
