package tf.grid.hub.space;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.space.SpaceBench.ALICE;
import static tf.grid.hub.space.SpaceBench.BOB;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.space.check.CheckReport;
import tf.grid.hub.space.check.CheckReport.FoundProblem;
import tf.grid.hub.space.check.ContentCheck;

class ContentCheckTest {
  private static final int FILES = 10_000;

  @TempDir Path directory;
  private SpaceBench hub;
  private ContentCheck check;

  @BeforeEach
  void open() throws IOException {
    hub = new SpaceBench(directory, Duration.ofHours(2), Clock.systemUTC());
    check =
        new ContentCheck(
            hub.catalogue,
            hub.direct,
            directory.resolve("work"),
            Clock.systemUTC(),
            Optional.empty());
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  private static List<String> contents(int from, int count) {
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contents.add("content number " + (from + i));
    }
    return contents;
  }

  private CheckReport all() throws IOException {
    return check.all(true, bytes -> {}, step -> {});
  }

  private CheckReport one(String name) throws IOException {
    return check.one(hub.catalogue.entries().locate(ALICE, FlistName.parse(name)), "alice/" + name);
  }

  /** Changes a byte of each chunk in the files of the store. */
  private void damage(Set<ChunkId> ids) throws IOException {
    Map<String, ChunkId> contents = new HashMap<>();
    for (ChunkId id : ids) {
      byte[] stored = hub.direct.get(id).orElseThrow();
      contents.put(new String(stored, ISO_8859_1), id);
    }
    Path pack = directory.resolve("store/00000000.pack");
    String all = Files.readString(pack, ISO_8859_1);
    try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
      for (String stored : contents.keySet()) {
        int at = all.indexOf(stored) + stored.length() / 2;
        file.seek(at);
        file.write(all.charAt(at) ^ 0x40);
      }
    }
  }

  @Test
  void whole_content_is_sound() throws Exception {
    hub.upload(ALICE, "app", contents(0, FILES));
    hub.upload(BOB, "same", contents(0, FILES));

    CheckReport report = all();

    assertThat(report.isSound()).isTrue();
    assertThat(report.flists()).isEqualTo(2);
    assertThat(report.chunks()).isEqualTo(FILES);
    assertThat(report.bytes()).isPositive();
    assertThat(one("app").isSound()).isTrue();
  }

  @Test
  void every_damaged_and_every_missing_chunk_is_found_no_other_and_an_upload_repairs_them()
      throws Exception {
    hub.upload(ALICE, "app", contents(0, FILES));
    List<ChunkId> ids = new ArrayList<>(hub.chunksOf(hub.file(ALICE, "app")));
    Set<ChunkId> damaged = new HashSet<>(ids.subList(0, 100));
    Set<ChunkId> deleted = new HashSet<>(ids.subList(100, 150));
    damage(damaged);
    hub.sweep.delete(deleted);

    CheckReport report = all();

    assertThat(report.missing()).isEqualTo(50);
    assertThat(report.damaged()).isEqualTo(100);
    Set<String> found = new HashSet<>();
    for (FoundProblem problem : report.problems()) {
      assertThat(problem.flist()).isEqualTo("alice/app.flist");
      assertThat(problem.path()).startsWith("/f");
      found.add(problem.chunk());
    }
    damaged.addAll(deleted);
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(damaged.stream().map(ChunkId::toString).toList());
    assertThat(one("app").problems()).hasSize(150);
    assertThat(hub.store.missing(ids)).isEqualTo(damaged);

    hub.upload(ALICE, "again", contents(0, FILES));

    assertThat(all().isSound()).isTrue();
    assertThat(one("app").isSound()).isTrue();
  }

  @Test
  void a_quick_check_finds_what_is_missing_without_reading() throws Exception {
    hub.upload(ALICE, "app", contents(0, 5));
    hub.sweep.delete(hub.chunksOf(hub.file(ALICE, "app")));

    CheckReport report = check.all(false, bytes -> {}, step -> {});

    assertThat(report.missing()).isEqualTo(5);
    assertThat(report.bytes()).isZero();
  }

  @Test
  void a_flist_that_cannot_be_read_is_a_problem_and_the_others_are_checked() throws Exception {
    hub.upload(ALICE, "app", contents(0, 5));
    Files.writeString(hub.file(ALICE, "broken"), "this is no flist");

    CheckReport report = all();

    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0).flist()).isEqualTo("alice/broken.flist");
    assertThat(report.chunks()).isEqualTo(5);
    assertThat(report.isSound()).isFalse();
  }

  @Test
  @Timeout(60)
  void a_pipe_with_the_name_of_a_flist_is_a_problem_without_its_path() throws Exception {
    hub.upload(ALICE, "app", contents(0, 5));
    Path pipe = hub.file(ALICE, "pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    CheckReport report = all();

    assertThat(report.problems())
        .containsExactly(
            new FoundProblem("alice/pipe.flist", "", "", "neither a file nor a directory"));
    assertThat(report.flists()).isEqualTo(1);
    assertThatThrownBy(() -> one("pipe")).isInstanceOf(CatalogueException.class);
  }
}
