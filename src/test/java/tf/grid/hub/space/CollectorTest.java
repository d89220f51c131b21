package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.space.SpaceBench.ALICE;
import static tf.grid.hub.space.SpaceBench.BOB;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.HandClock;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.queue.InFlight.Lease;
import tf.grid.hub.space.CollectionReport.Amount;
import tf.grid.hub.store.ChunkSweep.Rewriting;

class CollectorTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration GRACE = Duration.ofHours(2);
  private static final Duration LONGER = Duration.ofHours(3);

  @TempDir Path directory;
  private final HandClock clock = new HandClock(START);
  private SpaceBench hub;

  @BeforeEach
  void open() throws IOException {
    hub = new SpaceBench(directory, GRACE, clock);
  }

  @AfterEach
  void close() throws IOException {
    hub.close();
  }

  private Set<ChunkId> upload(String name, String... contents) throws Exception {
    hub.upload(ALICE, name, List.of(contents));
    return hub.chunksOf(hub.file(ALICE, name));
  }

  private void delete(String name) throws IOException {
    hub.changes.delete(ALICE, EntryName.parse(name));
  }

  private Set<ChunkId> lost(Set<ChunkId> ids) {
    return hub.direct.missing(ids);
  }

  @Test
  void chunks_of_a_deleted_flist_go_and_those_of_others_stay() throws Exception {
    Set<ChunkId> gone = upload("gone", "only here", "shared");
    Set<ChunkId> kept = upload("kept", "shared", "mine");
    delete("gone");
    clock.pass(LONGER);

    CollectionReport report = hub.collect();

    assertThat(lost(kept)).isEmpty();
    assertThat(lost(gone)).hasSize(1);
    assertThat(report.flists()).isEqualTo(1);
    assertThat(report.live().chunks()).isEqualTo(2);
    assertThat(report.deleted().chunks()).isEqualTo(1);
    assertThat(report.garbage()).isEqualTo(report.deleted());
    assertThat(report.oldest()).hasValue(START);
    assertThat(report.reclaimed()).isPositive();
    assertThat(report.missing()).isZero();
  }

  @Test
  void a_dry_run_tells_what_would_go_and_deletes_nothing() throws Exception {
    Set<ChunkId> gone = upload("gone", "only here", "shared");
    upload("kept", "shared");
    delete("gone");
    clock.pass(LONGER);

    CollectionReport report = hub.collector.dryRun(Turn.ALONE, step -> {});

    assertThat(report.garbage().chunks()).isEqualTo(1);
    assertThat(report.deleted()).isEqualTo(new Amount(0, 0));
    assertThat(lost(gone)).isEmpty();
  }

  @Test
  void the_report_tells_what_each_repository_alone_holds() throws Exception {
    hub.upload(ALICE, "a", List.of("shared", "alice 1", "alice 2"));
    hub.upload(BOB, "b", List.of("shared", "bob"));

    CollectionReport report = hub.collector.dryRun(Turn.ALONE, step -> {});

    assertThat(report.repositories())
        .extracting(
            share -> share.repository() + " " + share.flists() + " " + share.alone().chunks())
        .containsExactlyInAnyOrder("alice 1 2", "bob 1 1");
  }

  @Test
  void recent_chunks_stay_until_the_grace_period_is_over() throws Exception {
    Set<ChunkId> gone = upload("gone", "one");
    hub.upload(BOB, "other", List.of("two"));
    delete("gone");
    clock.pass(GRACE.dividedBy(2));
    CollectionReport early = hub.collect();
    assertThat(early.inUse().chunks()).isEqualTo(1);
    assertThat(lost(gone)).isEmpty();

    clock.pass(GRACE);
    hub.collect();

    assertThat(lost(gone)).isEqualTo(gone);
  }

  @Test
  void a_chunk_that_a_client_asked_for_stays_for_the_grace_period() throws Exception {
    Set<ChunkId> gone = upload("gone", "one");
    hub.upload(BOB, "other", List.of("two"));
    delete("gone");
    clock.pass(LONGER);
    assertThat(hub.store.missing(gone)).isEmpty();
    clock.pass(GRACE.dividedBy(2));
    hub.collect();
    assertThat(lost(gone)).isEmpty();

    clock.pass(GRACE);
    hub.collect();

    assertThat(lost(gone)).isEqualTo(gone);
  }

  @Test
  void what_a_client_asked_for_before_a_restart_stays_as_well() throws Exception {
    Set<ChunkId> gone = upload("gone", "one");
    hub.upload(BOB, "other", List.of("two"));
    delete("gone");
    clock.pass(LONGER);
    assertThat(hub.store.missing(gone)).isEmpty();
    hub.close();
    open();
    clock.pass(GRACE.dividedBy(2));

    hub.collect();

    assertThat(lost(gone)).isEmpty();
  }

  @Test
  void what_running_work_has_seen_stays_however_long_it_runs() throws Exception {
    Set<ChunkId> gone = upload("gone", "one");
    hub.upload(BOB, "other", List.of("two"));
    delete("gone");
    clock.pass(LONGER);
    try (Lease upload = hub.uses.open()) {
      assertThat(upload).isNotNull();
      assertThat(hub.store.missing(gone)).isEmpty();
      for (int i = 0; i < 30; i++) {
        clock.pass(LONGER);
        // Others work as well, so that the log goes on and old parts of it would be deleted.
        hub.store.missing(Set.of(new ChunkId(i, i)));
      }
      hub.collect();
      assertThat(lost(gone)).isEmpty();
    }
    hub.collect();
    assertThat(lost(gone)).isEqualTo(gone);
  }

  @Test
  void a_use_between_marking_and_deleting_keeps_a_chunk() throws Exception {
    Set<ChunkId> gone = upload("gone", "one");
    Set<ChunkId> other = upload("other gone", "two");
    hub.upload(BOB, "kept", List.of("three"));
    delete("gone");
    delete("other gone");
    clock.pass(LONGER);
    boolean[] asked = new boolean[1];

    hub.collector.collect(
        Turn.ALONE,
        new NoRewriting(),
        step -> {
          if (!asked[0] && step.startsWith("comparing")) {
            asked[0] = true;
            assertThat(hub.store.missing(gone)).isEmpty();
          }
        });

    assertThat(lost(gone)).isEmpty();
    assertThat(lost(other)).isEqualTo(other);
  }

  @Test
  void a_flist_that_is_promoted_and_deleted_while_it_is_looked_for_keeps_its_chunks()
      throws Exception {
    Set<ChunkId> kept = upload("moving", "one");
    hub.upload(BOB, "other", List.of("two"));
    clock.pass(LONGER);
    boolean[] moved = new boolean[1];

    hub.collector.collect(
        Turn.ALONE,
        new NoRewriting(),
        step -> {
          if (!moved[0] && step.startsWith("reading flist")) {
            moved[0] = true;
            try {
              hub.changes.promote(
                  BOB, ALICE, FlistName.parse("moving"), FlistName.parse("arrived"));
              hub.changes.rename(BOB, EntryName.parse("arrived"), EntryName.parse("renamed"));
              delete("moving");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });

    assertThat(hub.file(BOB, "renamed")).exists();
    assertThat(lost(kept)).isEmpty();
  }

  @Test
  void chunks_of_links_tags_and_files_elsewhere_stay() throws Exception {
    Set<ChunkId> tagged = upload("elsewhere", "tagged");
    Set<ChunkId> linked = upload("outside", "linked");
    Path users = directory.resolve("users");
    Path tag = Files.createDirectory(users.resolve("alice/.tag-1.0"));
    Path outside = Files.createDirectory(directory.resolve("shared"));
    Files.move(hub.file(ALICE, "elsewhere"), outside.resolve("x"));
    Files.move(hub.file(ALICE, "outside"), outside.resolve("y"));
    Files.createSymbolicLink(tag.resolve("bare"), outside.resolve("x"));
    Files.createSymbolicLink(users.resolve("alice/l.flist"), outside.resolve("y"));
    Files.createSymbolicLink(users.resolve("alice/broken.flist"), outside.resolve("z"));
    clock.pass(LONGER);

    hub.collect();

    assertThat(lost(tagged)).isEmpty();
    assertThat(lost(linked)).isEmpty();
  }

  @Test
  void an_unreadable_flist_stops_the_collection_and_is_named() throws Exception {
    Set<ChunkId> gone = upload("gone", "one");
    upload("kept", "two");
    delete("gone");
    Files.writeString(hub.file(ALICE, "broken"), "this is no flist");
    clock.pass(LONGER);

    assertThatThrownBy(hub::collect)
        .isInstanceOf(CollectionException.class)
        .hasMessageStartingWith("nothing was deleted: ")
        .hasMessageContaining(hub.file(ALICE, "broken").toString());

    assertThat(lost(gone)).isEmpty();
    Files.delete(hub.file(ALICE, "broken"));
    hub.collect();
    assertThat(lost(gone)).isEqualTo(gone);
  }

  @Test
  void a_repository_on_a_disk_that_is_not_mounted_stops_the_collection() throws Exception {
    Set<ChunkId> gone = upload("gone", "one");
    delete("gone");
    Path link = directory.resolve("users/carol");
    Files.createSymbolicLink(link, directory.resolve("not-mounted"));
    clock.pass(LONGER);

    assertThatThrownBy(hub::collect).hasMessageContaining(link.toString());

    assertThat(lost(gone)).isEmpty();
  }

  @Test
  void a_catalogue_without_repositories_stops_the_collection() throws Exception {
    Set<ChunkId> ids = upload("one", "one");
    Files.move(directory.resolve("users"), directory.resolve("elsewhere"));
    Files.createDirectory(directory.resolve("users"));
    clock.pass(LONGER);

    assertThatThrownBy(hub::collect)
        .hasMessageContaining("Is the right disk mounted at hub.public-dir?");

    assertThat(lost(ids)).isEmpty();
  }

  @Test
  void the_last_flist_of_a_hub_can_be_collected() throws Exception {
    Set<ChunkId> ids = upload("one", "one");
    delete("one");
    clock.pass(LONGER);

    hub.collect();

    assertThat(lost(ids)).isEqualTo(ids);
    assertThat(hub.stored()).isEmpty();
  }

  @Test
  void content_is_stored_anew_when_its_chunks_were_collected() throws Exception {
    upload("gone", "one");
    hub.upload(BOB, "other", List.of("two"));
    delete("gone");
    clock.pass(LONGER);
    hub.collect();

    Set<ChunkId> again = upload("again", "one");

    assertThat(lost(again)).isEmpty();
    assertThat(hub.direct.get(again.iterator().next())).isPresent();
  }

  @Test
  void references_to_chunks_that_the_store_does_not_have_are_counted() throws Exception {
    Set<ChunkId> ids = upload("one", "one", "two");
    hub.sweep.delete(ids.stream().limit(1).toList());

    assertThat(hub.collector.dryRun(Turn.ALONE, step -> {}).missing()).isEqualTo(1);
  }

  @Test
  void nothing_is_left_in_the_work_directory() throws Exception {
    upload("one", "one");
    hub.collect();
    Files.writeString(hub.file(ALICE, "broken"), "this is no flist");
    assertThatThrownBy(hub::collect).isInstanceOf(CollectionException.class);
    assertThat(directory.resolve("work")).isEmptyDirectory();
  }

  @Test
  void a_collection_after_a_failed_one_is_possible() throws Exception {
    upload("one", "one");
    assertThatThrownBy(
            () ->
                hub.collector.dryRun(
                    Turn.ALONE,
                    step -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(hub.collector.dryRun(Turn.ALONE, step -> {}).flists()).isEqualTo(1);
    assertThat(hub.stored()).hasSize(1);
  }

  /** Copies nothing. */
  static final class NoRewriting implements Rewriting {
    @Override
    public double deadShare() {
      return 1;
    }

    @Override
    public void copying(long bytes) {
      throw new AssertionError("nothing is copied");
    }
  }

  @Test
  @Timeout(60)
  void a_pipe_with_the_name_of_a_flist_stops_a_collection_instead_of_hanging_it() throws Exception {
    Set<ChunkId> kept = upload("kept", "one");
    Path pipe = hub.file(ALICE, "pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(hub::collect)
        .isInstanceOf(CollectionException.class)
        .hasMessageContaining("pipe.flist");

    assertThat(lost(kept)).isEmpty();
  }
}
