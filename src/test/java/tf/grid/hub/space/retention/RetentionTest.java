package tf.grid.hub.space.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.space.mark.StoredFlists.UnreadableException;

/** The contract, with names in a directory, where people may make changes too. */
class RetentionTest extends RetentionContract {
  private Path users;
  private Md5Cache md5s;

  @Override
  void openCatalogue() throws IOException {
    users = data.resolve("users");
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(users, md5s);
    counts = DownloadCounts.open(data.resolve("downloads"), users, clock);
  }

  @AfterEach
  void close() throws IOException {
    counts.close();
    md5s.close();
  }

  @Override
  void setTime(RepositoryName repository, String name, Instant time) throws IOException {
    Files.setLastModifiedTime(file(repository, name), FileTime.from(time));
  }

  @Test
  void repositories_that_an_operator_has_linked_are_left_alone() throws IOException {
    Path elsewhere = Files.createDirectories(data.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("a.flist"));
    Files.createSymbolicLink(users.resolve("outside"), elsewhere);
    publish(CI, "seen-twice", 0);
    Files.createSymbolicLink(users.resolve("alias"), users.resolve("ci"));
    // From a linked directory, the hub follows links by name.
    publish(BOB, "named", 0);
    Files.createSymbolicLink(elsewhere.resolve("b.flist"), Path.of("../bob/named.flist"));
    clock.pass(Duration.ofDays(99));

    assertThat(run(false, rule("*", "*", MONTH)).deleted()).isZero();

    assertThat(elsewhere.resolve("a.flist")).exists();
    assertThat(left(CI)).containsExactly("seen-twice.flist");
    assertThat(left(BOB)).containsExactly("named.flist");
  }

  @Test
  void nothing_is_deleted_if_a_repository_cannot_be_read() throws IOException {
    publish(CI, "old", 0);
    clock.pass(Duration.ofDays(99));
    Files.createSymbolicLink(users.resolve("unmounted"), data.resolve("not-there"));
    assertThatThrownBy(() -> run(false, rule("*", "*", MONTH)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("unmounted");
    assertThat(left(CI)).containsExactly("old.flist");
  }

  @Test
  @Timeout(60)
  void a_pipe_with_the_name_of_a_flist_is_none() throws Exception {
    publish(CI, "old", 0);
    clock.pass(Duration.ofDays(99));
    Path pipe = file(CI, "pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    RetentionReport report = run(false, rule("*", "*", MONTH));

    assertThat(report.flists()).isEqualTo(1);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(pipe).exists();
  }
}
