package tf.grid.hub.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md and the README name the classes and rooms that exist. */
class DocumentedNamesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");
  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ");
  private static final Pattern ROOM = Pattern.compile("(?m)^ +(\\w+)\\[\\1[<\\]]");

  private final String document = text(Path.of("docs/architecture.md"));

  @Test
  void every_class_in_the_architecture_document_exists() throws IOException {
    Set<String> declared;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      declared =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .flatMap(file -> names(DECLARATION, text(file)))
              .collect(Collectors.toSet());
    }
    assertThat(names(CLASS_NAME, document)).hasSizeGreaterThan(60).allMatch(declared::contains);
  }

  @Test
  void the_picture_shows_every_room_except_for_client_wiring_and_launch() throws IOException {
    assertThat(rooms())
        .filteredOn(room -> !Set.of("client", "wiring", "launch").contains(room))
        .containsExactlyInAnyOrderElementsOf(names(ROOM, document).toList());
  }

  @Test
  void the_readme_states_the_job_of_every_room() throws IOException {
    String readme = text(Path.of("README.md"));
    String table = readme.substring(readme.indexOf("| room | job |"));
    assertThat(names(ROW, table)).containsExactlyInAnyOrderElementsOf(rooms());
  }

  private static List<String> rooms() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES.resolve("tf/grid/hub"))) {
      return files.filter(Files::isDirectory).map(room -> room.getFileName().toString()).toList();
    }
  }

  private static Stream<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
