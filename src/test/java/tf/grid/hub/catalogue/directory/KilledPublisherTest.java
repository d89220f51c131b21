package tf.grid.hub.catalogue.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.KillHarness;
import tf.grid.hub.catalogue.digest.Md5Cache;

/** Processes that are killed while they publish: a name is a whole file, the rest goes. */
class KilledPublisherTest {
  private static final int ROUNDS = KillHarness.rounds(6);
  private static final int NEVER = Integer.MAX_VALUE;

  @TempDir Path data;

  @Test
  void a_publisher_that_is_killed_at_any_moment_leaves_a_whole_file()
      throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      kill(NEVER, "p", 150);
      assertThat(PublishUntilKilled.isWhole(Files.readAllBytes(flist()))).isTrue();
      assertThat(filesAfterTheNextStart()).containsExactly("app.flist");
      assertThat(PublishUntilKilled.isWhole(Files.readAllBytes(flist()))).isTrue();
    }
  }

  @Test
  void a_publisher_that_is_killed_half_way_leaves_the_old_file_and_what_the_next_start_removes()
      throws IOException, InterruptedException {
    kill(1, "h", 0);

    assertThat(files()).hasSize(2).anyMatch(name -> name.startsWith(NewFile.PREFIX));
    byte[] old = Files.readAllBytes(flist());
    assertThat(PublishUntilKilled.isWhole(old)).isTrue();
    assertThat(old[0]).isEqualTo((byte) 'a');
    assertThat(filesAfterTheNextStart()).containsExactly("app.flist");
    assertThat(flist()).hasBinaryContent(old);
  }

  private void kill(int stopBefore, String said, int mostMillis)
      throws IOException, InterruptedException {
    KillHarness.runAndKill(
        PublishUntilKilled.class,
        data,
        output -> output.contains(said),
        mostMillis,
        data,
        stopBefore);
  }

  private List<String> filesAfterTheNextStart() throws IOException {
    try (Md5Cache md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC())) {
      DirectoryCatalogue.open(data.resolve("users"), md5s);
    }
    return files();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(flist().getParent())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Path flist() {
    return data.resolve("users/alice/app.flist");
  }
}
