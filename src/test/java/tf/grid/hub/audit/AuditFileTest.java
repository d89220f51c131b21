package tf.grid.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("audit.log");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void lines_are_added_to_what_is_there() throws IOException {
    for (String line : List.of("one", "two")) {
      try (AuditFile log = new AuditFile(file, 1000, 1)) {
        log.append(line);
      }
    }
    assertThat(file).hasContent("one\ntwo\n");
  }

  @Test
  void only_the_owner_can_read_it() throws IOException {
    new AuditFile(file, 1000, 1).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_full_file_is_put_aside_and_the_oldest_goes() throws IOException {
    try (AuditFile log = new AuditFile(file, 12, 2)) {
      for (int i = 1; i <= 9; i++) {
        log.append("line" + i);
      }
    }
    assertThat(names()).containsExactly("audit.log", "audit.log.1", "audit.log.2");
    assertThat(file).hasContent("line9\n");
    assertThat(directory.resolve("audit.log.1")).hasContent("line7\nline8\n");
    assertThat(directory.resolve("audit.log.2")).hasContent("line5\nline6\n");
  }

  @Test
  void without_old_files_it_begins_anew() throws IOException {
    try (AuditFile log = new AuditFile(file, 12, 0)) {
      for (int i = 1; i <= 3; i++) {
        log.append("line" + i);
      }
    }
    assertThat(names()).containsExactly("audit.log");
    assertThat(file).hasContent("line3\n");
  }

  @Test
  void a_line_longer_than_a_file_is_kept_whole() throws IOException {
    try (AuditFile log = new AuditFile(file, 12, 1)) {
      log.append("short");
      log.append("x".repeat(100));
    }
    assertThat(file).hasContent("x".repeat(100) + "\n");
  }

  @Test
  void half_a_line_of_a_crash_does_not_swallow_the_next() throws IOException {
    Files.writeString(file, "{\"half");
    try (AuditFile log = new AuditFile(file, 1000, 1)) {
      log.append("next");
    }
    assertThat(file).hasContent("{\"half\nnext\n");
  }

  @Test
  void a_file_that_was_taken_away_is_made_again() throws IOException {
    try (AuditFile log = new AuditFile(file, 1000, 1)) {
      log.append("one");
      Files.move(file, directory.resolve("taken"));
      log.append("two");
    }
    assertThat(file).hasContent("two\n");
  }
}
