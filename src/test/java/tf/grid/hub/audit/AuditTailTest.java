package tf.grid.hub.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.audit.AuditTail.Filter;

class AuditTailTest {
  private static final Filter ALL = new Filter("", "", "");

  @TempDir Path directory;

  private static String line(String action, String user, String name) {
    return AuditLine.of(Instant.EPOCH, AuditEntry.of(action).by(user, user).named("name", name))
        + "\n";
  }

  private void write(String file, String... lines) throws IOException {
    Files.writeString(directory.resolve(file), String.join("", lines), UTF_8);
  }

  private List<String> names(Filter filter, int limit) throws IOException {
    return new AuditTail(directory.resolve("audit.log"))
        .last(filter, limit).stream()
            .map((JsonObject entry) -> entry.getJsonObject("names").getString("name"))
            .toList();
  }

  @Test
  void the_newest_entries_come_first_and_those_of_the_rotated_file_last() throws IOException {
    write("audit.log.1", line("upload", "alice", "1"), line("upload", "alice", "2"));
    write("audit.log", line("upload", "alice", "3"), line("upload", "alice", "4"), "{\"time\":");
    assertThat(names(ALL, 3)).containsExactly("4", "3", "2");
    assertThat(names(ALL, 100)).containsExactly("4", "3", "2", "1");
  }

  @Test
  void filters_restrict_the_entries() throws IOException {
    write(
        "audit.log",
        line("upload", "alice", "a"),
        line("delete", "alice", "b"),
        line("delete", "bob", "c"));
    assertThat(names(new Filter("alice", "", ""), 9)).containsExactly("b", "a");
    assertThat(names(new Filter("", "delete", ""), 9)).containsExactly("c", "b");
    assertThat(names(new Filter("alice", "delete", ""), 9)).containsExactly("b");
    assertThat(names(new Filter("", "", "\"c\""), 9)).containsExactly("c");
  }

  @Test
  void only_the_end_of_a_large_log_is_read_and_a_missing_one_is_empty() throws IOException {
    assertThat(names(ALL, 9)).isEmpty();
    String filler = line("upload", "alice", "x".repeat(400)).repeat(6_000);
    write("audit.log", line("upload", "alice", "first"), filler, line("upload", "alice", "last"));
    assertThat(names(new Filter("", "", "first"), 9)).isEmpty();
    assertThat(names(ALL, 1)).containsExactly("last");
    assertThat(names(ALL, 1_000_000)).hasSizeBetween(3_000, 6_000);
  }
}
