package tf.grid.hub.it.signin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The audit log of a running hub, which is written beside the requests. */
final class AuditLines {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Path file;

  AuditLines(Path file) {
    this.file = file;
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  /** Waits for a line with all of some parts. */
  void await(String... parts) throws IOException {
    Instant end = Instant.now().plus(LIMIT);
    while (text().lines().noneMatch(line -> Arrays.stream(parts).allMatch(line::contains))) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("no line with " + String.join(", ", parts) + " in\n" + text());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
