package tf.grid.hub.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import tf.grid.hub.Await;

/** The audit log of a running hub, which is written beside the requests. */
public final class AuditLines {
  private final Path file;

  /** Reads this file. */
  public AuditLines(Path file) {
    this.file = file;
  }

  /** All lines written so far. */
  public String text() throws IOException {
    return Files.readString(file);
  }

  /** Waits for a line with all of some parts. */
  public void await(String... parts) throws IOException {
    Await.value(
        "a line with " + String.join(", ", parts),
        this::text,
        text -> text.lines().anyMatch(line -> Arrays.stream(parts).allMatch(line::contains)));
  }
}
