package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.KillHarness;
import tf.grid.hub.store.ChunkInventory.Totals;
import tf.grid.hub.store.StoredChunk;

/** Processes that are killed while they put: what they have confirmed is there. */
class KilledStoreTest {
  private static final int ROUNDS = KillHarness.rounds(4);
  private static final int REWRITES = KillHarness.rounds(2);
  private static final int MOST_BYTES = 60_000;

  @TempDir Path directory;

  @Test
  void every_chunk_that_was_confirmed_before_a_kill_is_there_and_intact()
      throws IOException, InterruptedException {
    List<Integer> confirmed = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<Integer> latest = confirmedBeforeKill(PutUntilKilled.class, round * 1_000_000);
      assertThat(latest).isNotEmpty();
      assertAllThere(latest);
      confirmed.addAll(latest);
    }
    assertAllThere(confirmed);
  }

  @Test
  void a_kill_while_packs_are_rewritten_loses_nothing_and_leaves_no_garbage_behind()
      throws IOException, InterruptedException {
    List<Integer> confirmed = new ArrayList<>();
    for (int round = 0; round < REWRITES; round++) {
      List<Integer> latest = confirmedBeforeKill(ReclaimUntilKilled.class, round * 1_000_000);
      assertAllThere(latest);
      confirmed.addAll(latest);
    }
    assertAllThere(confirmed);
    try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("store"), Clock.systemUTC())) {
      store.reclaim(new ReclaimUntilKilled.Everything());
      Totals live = store.totals();
      long packs;
      try (Stream<Path> files = Files.list(directory.resolve("store"))) {
        packs =
            files
                .filter(file -> file.toString().endsWith(".pack"))
                .mapToLong(file -> file.toFile().length())
                .sum();
      }
      assertThat(packs)
          .isLessThanOrEqualTo((long) ((live.bytes() + 36 * live.chunks()) / 0.95) + 1);
    }
  }

  private void assertAllThere(List<Integer> confirmed) {
    try (EmbeddedStore store = EmbeddedStore.open(directory.resolve("store"), Clock.systemUTC())) {
      for (int number : confirmed) {
        StoredChunk chunk = PutUntilKilled.numbered(number, MOST_BYTES);
        assertThat(store.missing(List.of(chunk.id()))).isEmpty();
        assertThat(store.get(chunk.id())).hasValue(bytes(chunk));
      }
    }
  }

  private List<Integer> confirmedBeforeKill(Class<?> program, int first)
      throws IOException, InterruptedException {
    return numbers(
        KillHarness.runAndKill(
            program,
            directory,
            output -> !numbers(output).isEmpty(),
            400,
            directory.resolve("store"),
            first,
            MOST_BYTES));
  }

  /** The numbers on whole lines: the last line may be torn. */
  private static List<Integer> numbers(String output) {
    return output.substring(0, output.lastIndexOf('\n') + 1).lines().map(Integer::valueOf).toList();
  }
}
