package tf.grid.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;
import tf.grid.hub.audit.AuditWriter.AuditSink;

class AuditWriterTest {

  private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Disk disk = new Disk();

  private AuditWriter writer() {
    return new AuditWriter(disk, clock, Duration.ZERO, () -> {});
  }

  @Test
  void all_that_was_recorded_is_there_after_the_end() throws IOException {
    try (AuditWriter log = writer()) {
      IntStream.range(0, 3000)
          .parallel()
          .forEach(i -> log.record(AuditEntry.of("link").named("n", "" + i)));
    }
    assertThat(disk.lines).hasSize(3000).doesNotHaveDuplicates();
    assertThat(disk.closed).isTrue();
  }

  @Test
  void a_full_disk_stops_nobody_and_is_told_later() throws IOException {
    try (AuditWriter log = writer()) {
      disk.full = true;
      log.record(AuditEntry.of("one"));
      log.record(AuditEntry.of("two"));
      disk.awaitThreeRefused();
      disk.full = false;
      log.record(AuditEntry.of("three"));
    }
    assertThat(disk.lines).hasSize(2);
    assertThat(disk.lines.get(0)).contains("\"action\":\"gap\",\"lost\":2");
    assertThat(disk.lines.get(1)).contains("\"action\":\"three\"");
  }

  @Test
  void lines_that_a_hanging_disk_does_not_take_are_counted() throws IOException {
    int many = 5000;
    try (AuditWriter log = writer()) {
      disk.hold = new CountDownLatch(1);
      for (int i = 0; i < many; i++) {
        log.record(AuditEntry.of("link"));
      }
      disk.hold.countDown();
    }
    long lost =
        disk.lines.stream()
            .filter(line -> line.contains("\"gap\""))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".*\"lost\":(\\d+).*", "$1")))
            .sum();
    long written = disk.lines.stream().filter(line -> !line.contains("\"gap\"")).count();
    assertThat(lost).isPositive();
    assertThat(written + lost).isEqualTo(many);
  }

  @Test
  void a_file_gets_lines_of_json(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("data/audit.log");
    try (AuditWriter log = AuditWriter.to(file, 4096, 3, clock, () -> {})) {
      log.record(AuditEntry.of("sign-in").by("alice", "alice").from("127.0.0.1"));
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"time\":\"2026-03-01T12:00:00Z\",\"action\":\"sign-in\",\"user\":\"alice\","
                + "\"account\":\"alice\",\"names\":{},\"from\":\"127.0.0.1\",\"status\":200}\n");
  }

  /** Takes lines, unless it is full or hangs. */
  private static final class Disk implements AuditSink {
    final List<String> lines = new CopyOnWriteArrayList<>();
    final CountDownLatch firstThreeRefused = new CountDownLatch(3);
    volatile CountDownLatch hold = new CountDownLatch(0);
    volatile boolean full;
    volatile boolean closed;

    @Override
    public void append(String line) throws IOException {
      try {
        hold.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      if (full) {
        firstThreeRefused.countDown();
        throw new IOException("No space left on device");
      }
      lines.add(line);
    }

    void awaitThreeRefused() {
      Await.open("three attempts are refused", firstThreeRefused);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
