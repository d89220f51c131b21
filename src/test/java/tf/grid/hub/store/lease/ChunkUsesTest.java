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
  void a_deletion_waits_for_a_question_that_was_asked_before() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (ChunkUses uses = open();
        Deletions deletions = uses.begin()) {
      CountDownLatch asking = new CountDownLatch(1);
      CountDownLatch answer = new CountDownLatch(1);
      AtomicReference<Thread> deleter = new AtomicReference<>();
      List<ChunkId> deleted = new ArrayList<>();
      Future<Boolean> question =
          threads.submit(
              () ->
                  uses.using(
                      some.subList(0, 1),
                      () -> {
                        asking.countDown();
                        await(answer);
                        return deleted.isEmpty();
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
          () -> deleter.get() != null && deleter.get().getState() == Thread.State.WAITING);
      answer.countDown();
      assertThat(question.get()).isTrue();
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
      uses.using(some.subList(0, 2), () -> true);
      try (Deletions deletions = uses.begin()) {
        uses.using(some.subList(2, 3), () -> true);
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
    open().using(some, () -> true);
    try (ChunkUses uses = open()) {
      assertThat(logged(uses)).containsExactlyInAnyOrderElementsOf(some);
    }
  }

  @Test
  void half_an_id_at_the_end_of_a_log_is_ignored() throws IOException {
    open().using(some, () -> true);
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
        uses.using(List.of(id), () -> true);
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
        uses.using(some, () -> true);
      }
      List<ChunkId> all = new ArrayList<>();
      try (Deletions deletions = uses.begin()) {
        deletions.logged(all::add);
      }
      assertThat(all).containsExactlyInAnyOrderElementsOf(some);
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
