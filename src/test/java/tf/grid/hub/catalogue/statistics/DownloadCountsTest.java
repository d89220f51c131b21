package tf.grid.hub.catalogue.statistics;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.HandClock;

class DownloadCountsTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path data;
  private final HandClock clock = new HandClock(START);
  private Path users;
  private Path app;
  private DownloadCounts counts;

  @BeforeEach
  void open() throws IOException {
    users = data.resolve("users");
    app = flist("alice", "an app.flist");
    reopen();
  }

  private Path flist(String repository, String name) throws IOException {
    Files.createDirectories(users.resolve(repository));
    return Files.createFile(users.resolve(repository).resolve(name));
  }

  /** As after a kill: nothing more is written. */
  private void reopen() throws IOException {
    counts = DownloadCounts.open(data.resolve("state/downloads"), users, clock);
  }

  @Test
  void what_was_flushed_survives_a_kill_and_a_half_written_line_spoils_nothing()
      throws IOException {
    counts.downloaded(app);
    clock.pass(HOUR);
    counts.downloaded(app);
    counts.flush();
    counts.downloaded(app);
    Files.writeString(
        data.resolve("state/downloads"), "77 1772362", US_ASCII, StandardOpenOption.APPEND);

    reopen();

    assertThat(counts.of(app)).isEqualTo(new DownloadCount(2, START.plus(HOUR).getEpochSecond()));
    assertThat(counts.since()).isEqualTo(START);
    counts.downloaded(app);
    counts.flush();
    reopen();
    assertThat(counts.of(app).downloads()).isEqualTo(3);
  }

  @Test
  void a_question_whether_a_copy_is_current_changes_the_time_only() {
    counts.downloaded(app);
    clock.pass(HOUR);
    counts.used(app);
    assertThat(counts.of(app)).isEqualTo(new DownloadCount(1, START.plus(HOUR).getEpochSecond()));
  }

  @Test
  void counts_follow_a_renamed_flist_and_end_with_a_deleted_one() throws IOException {
    Path renamed = users.resolve("alice/renamed.flist");
    counts.downloaded(app);
    counts.downloaded(renamed);
    counts.downloaded(renamed);
    counts.flush();

    Files.move(app, renamed);
    counts.renamed(app, renamed);

    assertThat(counts.of(renamed).downloads()).isEqualTo(1);
    assertThat(counts.of(app)).isEqualTo(DownloadCount.NONE);
    counts.flush();
    reopen();
    assertThat(counts.of(renamed).downloads()).isEqualTo(1);
    assertThat(counts.of(app)).isEqualTo(DownloadCount.NONE);

    Files.delete(renamed);
    counts.deleted(renamed);
    counts.flush();
    Files.createFile(renamed);
    reopen();
    assertThat(counts.of(renamed)).isEqualTo(DownloadCount.NONE);
  }

  @Test
  void flists_removed_by_hand_are_forgotten_unless_their_disk_is_away() throws IOException {
    Path other = flist("bob", "other.flist");
    counts.downloaded(app);
    counts.downloaded(other);
    counts.flush();
    Files.delete(app);
    Files.move(users.resolve("bob"), data.resolve("away"));

    reopen();

    assertThat(counts.of(app)).isEqualTo(DownloadCount.NONE);
    assertThat(counts.of(other).downloads()).isEqualTo(1);
    assertThat(data.resolve("state/downloads")).content().doesNotContain("app");
  }

  @Test
  void the_file_stays_small_however_often_something_is_downloaded() throws IOException {
    for (int i = 0; i < 5_000; i++) {
      counts.downloaded(app);
      counts.flush();
    }
    assertThat(data.resolve("state/downloads"))
        .content()
        .satisfies(text -> assertThat(text.lines().count()).isLessThan(1_100));
    reopen();
    assertThat(counts.of(app).downloads()).isEqualTo(5_000);
  }

  @Test
  void a_file_that_is_no_list_of_counts_is_replaced() throws IOException {
    Files.write(data.resolve("state/downloads"), new byte[] {(byte) 0xff, 0, '\n', '1', ' ', '%'});
    clock.pass(HOUR);
    reopen();
    assertThat(counts.since()).isEqualTo(START.plus(HOUR));
    assertThat(counts.of(app)).isEqualTo(DownloadCount.NONE);
  }
}
