package tf.grid.hub.catalogue.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Md5CacheTest {
  private static final String HELLO = "5d41402abc4b2a76b9719d911017c592";
  private static final String WORLD = "7d793037a0760186574b0282f2f435e7";

  /** Far enough ahead that files written now have been left alone for long. */
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

  @TempDir Path data;
  private final AtomicInteger opened = new AtomicInteger();
  private Path file;
  private Md5Cache md5s;

  @BeforeEach
  void open() throws IOException {
    file = Files.writeString(data.resolve("app.flist"), "hello");
    md5s = open(LATER);
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
  }

  @Test
  void a_file_is_read_once_however_often_its_digest_is_asked_for() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(md5s.of(new FileOnDisk(file)).md5()).isEqualTo(HELLO);
    }

    assertThat(opened).hasValue(1);
  }

  @Test
  void nothing_is_read_again_after_a_restart() throws IOException {
    md5s.of(new FileOnDisk(file));

    restart();

    assertThat(md5s.of(new FileOnDisk(file)))
        .isEqualTo(new Fingerprint(FileIdentity.of(file), HELLO));
    assertThat(opened).hasValue(1);
  }

  @Test
  void a_file_that_was_written_to_is_read_again() throws IOException {
    md5s.of(new FileOnDisk(file));
    Files.writeString(file, "world");

    assertThat(md5s.of(new FileOnDisk(file)).md5()).isEqualTo(WORLD);
    assertThat(opened).hasValue(2);
  }

  @Test
  void a_file_of_the_same_size_and_time_in_place_of_another_is_read() throws IOException {
    md5s.of(new FileOnDisk(file));
    Path other = Files.writeString(data.resolve("other"), "world");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

    assertThat(md5s.of(new FileOnDisk(file)).md5()).isEqualTo(WORLD);
  }

  @Test
  void the_digest_of_a_file_that_may_still_be_written_to_is_not_remembered() throws IOException {
    md5s.close();
    md5s = open(Clock.fixed(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC));
    md5s.of(new FileOnDisk(file));
    md5s.of(new FileOnDisk(file));

    assertThat(opened).hasValue(2);
    assertThat(md5s.known(FileIdentity.of(file))).isEmpty();
  }

  @Test
  void a_torn_line_of_the_log_costs_one_reading_and_no_more() throws IOException {
    md5s.of(new FileOnDisk(file));
    md5s.close();
    String log = Files.readString(data.resolve("md5s"));
    Files.writeString(data.resolve("md5s"), log.substring(0, log.length() / 2));
    md5s = open(LATER);

    assertThat(md5s.of(new FileOnDisk(file)).md5()).isEqualTo(HELLO);
    assertThat(opened).hasValue(2);
    restart();
    md5s.of(new FileOnDisk(file));
    assertThat(opened).hasValue(2);
  }

  @Test
  void garbage_in_the_log_is_passed_over() throws IOException {
    md5s.of(new FileOnDisk(file));
    md5s.close();
    Files.write(
        data.resolve("md5s"),
        new byte[] {'x', 0, (byte) 0xff, '\n', '\n'},
        StandardOpenOption.APPEND);
    md5s = open(LATER);
    md5s.of(new FileOnDisk(file));

    assertThat(opened).hasValue(1);
  }

  @Test
  void those_who_ask_at_the_same_time_share_one_reading() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    md5s.close();
    md5s =
        new Md5Cache(
            data.resolve("md5s"),
            found -> {
              await(go);
              return counted(found);
            },
            LATER);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Fingerprint>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> md5s.of(new FileOnDisk(file))));
      }
      go.countDown();
      for (Future<Fingerprint> answer : answers) {
        assertThat(answer.get().md5()).isEqualTo(HELLO);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(opened).hasValue(1);
  }

  @Test
  void a_symbolic_link_is_not_followed() throws IOException {
    Path link = Files.createSymbolicLink(data.resolve("link"), file.getFileName());

    assertThatThrownBy(() -> md5s.of(new FileOnDisk(link))).isInstanceOf(IOException.class);
  }

  @Test
  void a_file_that_is_gone_is_said_to_be() {
    assertThatThrownBy(() -> md5s.of(new FileOnDisk(data.resolve("gone"))))
        .isInstanceOf(NoSuchFileException.class);
  }

  private void restart() throws IOException {
    md5s.close();
    md5s = open(LATER);
  }

  private Md5Cache open(Clock clock) throws IOException {
    return new Md5Cache(data.resolve("md5s"), this::counted, clock);
  }

  private InputStream counted(FlistFile file) throws IOException {
    opened.incrementAndGet();
    return Channels.newInputStream(file.open());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
