package tf.grid.hub.store.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.chunks;
import static tf.grid.hub.store.ChunkSamples.ids;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.HandClock;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.lease.ChunkUses.Deletions;

class ChunkUsesTest {
  private static final Duration GRACE = Duration.ofHours(8);

  @TempDir Path directory;
  private final HandClock clock = new HandClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final List<ChunkId> some = ids(chunks(1, 5));

  private ChunkUses open() throws IOException {
    return ChunkUses.open(directory, GRACE, clock);
  }

  private static void store(ChunkUses uses, List<ChunkId> ids) {
    uses.storing(ids, () -> {});
  }

  private static Set<ChunkId> logged(ChunkUses uses) throws IOException {
    Set<ChunkId> logged = new HashSet<>();
    try (Deletions deletions = uses.begin()) {
      deletions.logged(logged::add);
    }
    return logged;
  }

  private long logFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  @Test
  void others_do_not_wait_while_a_question_hangs_that_a_deletion_waits_for() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CountDownLatch answer = new CountDownLatch(1);
    try (ChunkUses uses = open();
        Deletions deletions = uses.begin()) {
      CountDownLatch asking = new CountDownLatch(1);
      Future<Set<ChunkId>> hanging =
          threads.submit(
              () ->
                  uses.asking(
                      some,
                      () -> {
                        asking.countDown();
                        await(answer);
                        return Set.of();
                      }));
      asking.await();
      Future<List<ChunkId>> deletion =
          threads.submit(() -> deletions.delete(ids(chunks(50, 5)), deleted -> {}));

      for (int i = 0; i < 3; i++) {
        assertThat(Await.result(threads.submit(() -> uses.asking(some, Set::of)))).isEmpty();
        Thread.sleep(300);
      }
      assertThat(deletion.isDone()).isFalse();
      answer.countDown();

      assertThat(Await.result(hanging)).isEmpty();
      assertThat(Await.result(deletion)).hasSize(5);
    } finally {
      answer.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void a_deletion_waits_for_a_copy_of_all_chunks() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try (ChunkUses uses = open();
        Deletions deletions = uses.begin()) {
      List<ChunkId> deleted = new ArrayList<>();
      Future<List<ChunkId>> deletion =
          uses.copying(
              () -> {
                AtomicReference<Thread> deleter = new AtomicReference<>();
                Future<List<ChunkId>> waiting =
                    threads.submit(
                        () -> {
                          deleter.set(Thread.currentThread());
                          return deletions.delete(some, deleted::addAll);
                        });
                Await.until(
                    "the deletion waits",
                    () ->
                        deleter.get() != null
                            && deleter.get().getState() == Thread.State.TIMED_WAITING);
                assertThat(deleted).isEmpty();
                return waiting;
              });
      assertThat(Await.result(deletion)).isEqualTo(some);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_deletion_waits_for_a_question_that_was_asked_before() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (ChunkUses uses = open();
        Deletions deletions = uses.begin()) {
      CountDownLatch asking = new CountDownLatch(1);
      CountDownLatch answer = new CountDownLatch(1);
      AtomicReference<Thread> deleter = new AtomicReference<>();
      List<ChunkId> deleted = new ArrayList<>();
      Future<Set<ChunkId>> question =
          threads.submit(
              () ->
                  uses.asking(
                      some.subList(0, 1),
                      () -> {
                        asking.countDown();
                        await(answer);
                        return Set.copyOf(deleted);
                      }));
      asking.await();
      Future<List<ChunkId>> deletion =
          threads.submit(
              () -> {
                deleter.set(Thread.currentThread());
                return deletions.delete(some, deleted::addAll);
              });
      Await.until(
          "the deletion waits",
          () -> deleter.get() != null && deleter.get().getState() == Thread.State.TIMED_WAITING);
      answer.countDown();
      assertThat(question.get()).isEmpty();
      assertThat(deletion.get()).isEqualTo(some.subList(1, 5)).isEqualTo(deleted);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void uses_before_a_collection_are_logged_and_later_ones_prevent_deletions() throws IOException {
    try (ChunkUses uses = open()) {
      store(uses, some.subList(0, 2));
      try (Deletions deletions = uses.begin()) {
        store(uses, some.subList(2, 3));
        List<ChunkId> logged = new ArrayList<>();
        deletions.logged(logged::add);
        assertThat(logged).isEqualTo(some.subList(0, 2));
        assertThat(deletions.delete(some, ids -> {}))
            .doesNotContain(some.get(2))
            .contains(some.get(3), some.get(4));
      }
    }
  }

  @Test
  void uses_count_after_a_kill() throws IOException {
    // Not closed, as if it were killed.
    store(open(), some);
    try (ChunkUses uses = open()) {
      assertThat(logged(uses)).containsExactlyInAnyOrderElementsOf(some);
    }
  }

  @Test
  void half_an_id_at_the_end_of_a_log_is_ignored() throws IOException {
    store(open(), some);
    try (Stream<Path> files = Files.list(directory)) {
      Files.write(files.findFirst().orElseThrow(), new byte[7], StandardOpenOption.APPEND);
    }
    try (ChunkUses uses = open()) {
      assertThat(logged(uses)).containsExactlyInAnyOrderElementsOf(some);
    }
  }

  @Test
  void uses_are_forgotten_after_the_grace_period_and_their_files_deleted() throws IOException {
    try (ChunkUses uses = open()) {
      for (ChunkId id : some) {
        store(uses, List.of(id));
        clock.pass(GRACE.dividedBy(2));
      }
      assertThat(logged(uses)).isEqualTo(Set.of(some.get(3), some.get(4)));
      clock.pass(GRACE.multipliedBy(2));
      assertThat(logged(uses)).isEmpty();
      assertThat(logFiles()).isEqualTo(1);
    }
  }

  @Test
  void an_id_that_is_used_again_and_again_is_logged_once_in_a_while() throws IOException {
    try (ChunkUses uses = open()) {
      for (int i = 0; i < 10_000; i++) {
        store(uses, some);
      }
      List<ChunkId> all = new ArrayList<>();
      try (Deletions deletions = uses.begin()) {
        deletions.logged(all::add);
      }
      assertThat(all).containsExactlyInAnyOrderElementsOf(some);
    }
  }

  @Test
  void chunks_that_are_asked_for_and_missing_take_no_space() throws IOException {
    try (ChunkUses uses = open()) {
      for (int seed = 1; seed < 100_000; seed += 10_000) {
        List<ChunkId> unknown = ids(chunks(seed, 10_000));
        assertThat(uses.asking(unknown, () -> Set.copyOf(unknown))).hasSize(10_000);
      }
      assertThat(logBytes()).isZero();
      assertThat(logged(uses)).isEmpty();
    }
  }

  @Test
  void what_a_question_finds_is_a_use() throws IOException {
    try (ChunkUses uses = open()) {
      uses.asking(some, () -> Set.of(some.get(0)));
      assertThat(logged(uses)).isEqualTo(Set.copyOf(some.subList(1, 5)));
    }
  }

  private long logBytes() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void many_ids_that_are_used_again_and_again_take_at_most_twice_their_space() throws IOException {
    int many = 3 * UseJournal.MOST_IDS + 1;
    List<ChunkId> ids = LongStream.range(0, many).mapToObj(i -> new ChunkId(i << 47, i)).toList();
    try (ChunkUses uses = open()) {
      for (int round = 0; round < 20; round++) {
        store(uses, ids);
        assertThat(logBytes()).isLessThan(2L * ChunkId.LENGTH * (many + UseJournal.MOST_IDS));
      }
      assertThat(logged(uses)).isEqualTo(Set.copyOf(ids));
    }
    try (ChunkUses uses = open()) {
      assertThat(logged(uses)).isEqualTo(Set.copyOf(ids));
      clock.pass(GRACE.plusHours(1));
      assertThat(logged(uses)).isEmpty();
    }
  }

  @Test
  void collections_do_not_make_the_log_longer() throws IOException {
    try (ChunkUses uses = open()) {
      for (int round = 0; round < 20; round++) {
        store(uses, some);
        assertThat(logged(uses)).isEqualTo(Set.copyOf(some));
      }
      store(uses, some);
      assertThat(logBytes()).isLessThan(4L * some.size() * ChunkId.LENGTH);
    }
  }

  @Test
  void files_that_a_collection_reads_stay_until_its_end() throws IOException {
    try (ChunkUses uses = open()) {
      store(uses, some);
      try (Deletions deletions = uses.begin()) {
        List<ChunkId> more = ids(chunks(100, 2 * UseJournal.MOST_IDS));
        store(uses, more);
        clock.pass(GRACE.multipliedBy(2));
        store(uses, more);
        Set<ChunkId> logged = new HashSet<>();
        deletions.logged(logged::add);
        assertThat(logged).isEqualTo(Set.copyOf(some));
      }
      clock.pass(GRACE.dividedBy(4));
      assertThat(logged(uses)).doesNotContainAnyElementsOf(some);
    }
  }

  @Test
  void a_use_counts_from_the_last_time_also_after_a_kill() throws IOException {
    ChunkUses killed = open();
    clock.pass(Duration.ofMinutes(1));
    store(killed, some);
    clock.pass(Duration.ofMinutes(30));
    store(killed, some);
    clock.pass(GRACE.minusMinutes(1));
    try (ChunkUses uses = open()) {
      assertThat(logged(uses)).isEqualTo(Set.copyOf(some));
    }
  }

  @Test
  void a_log_that_cannot_be_merged_still_counts() throws IOException {
    try (ChunkUses uses = open()) {
      Path obstacle = directory.resolve("merged.tmp/file");
      Files.createDirectories(obstacle);
      List<ChunkId> many = ids(chunks(1, 3 * UseJournal.MOST_IDS));
      store(uses, many);
      assertThat(logged(uses)).isEqualTo(Set.copyOf(many));
      Files.delete(obstacle);
      Files.delete(obstacle.getParent());
      store(uses, some);
      assertThat(logged(uses)).isEqualTo(Set.copyOf(many));
      assertThat(logFiles()).isLessThan(4);
    }
  }

  @Test
  void a_merge_that_fails_leaves_no_file() throws IOException {
    try (ChunkUses uses = open()) {
      String merged = "0000000001-" + clock.instant().toEpochMilli() + ".sorted";
      Files.createDirectories(directory.resolve(merged).resolve("file"));
      List<ChunkId> many = ids(chunks(1, 2 * UseJournal.MOST_IDS + 1));
      store(uses, many);
      assertThat(logged(uses)).isEqualTo(Set.copyOf(many));
      assertThat(directory.resolve("merged.tmp")).doesNotExist();
    }
  }

  @Test
  void a_filter_never_forgets_an_id() {
    BloomFilter filter = new BloomFilter();
    List<ChunkId> many = ids(chunks(1, 20_000));
    many.forEach(filter::add);
    assertThat(many).allMatch(filter::mayHave);
    assertThat(ids(chunks(100_000, 20_000)).stream().filter(filter::mayHave)).hasSizeLessThan(100);
  }
}
