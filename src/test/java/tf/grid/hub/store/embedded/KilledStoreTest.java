package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.bytes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.KillHarness;
import tf.grid.hub.store.StoredChunk;

/** Processes that are killed while they put: what they have confirmed is there. */
class KilledStoreTest {
  private static final int ROUNDS = 4;
  private static final int MOST_BYTES = 60_000;

  @TempDir Path directory;

  @Test
  void every_chunk_that_was_confirmed_before_a_kill_is_there_and_intact()
      throws IOException, InterruptedException {
    List<Integer> confirmed = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      int before = confirmed.size();
      confirmed.addAll(confirmedBeforeKill(round * 1_000_000));
      assertThat(confirmed).hasSizeGreaterThan(before);
      assertAllThere(confirmed);
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

  private List<Integer> confirmedBeforeKill(int first) throws IOException, InterruptedException {
    return numbers(
        KillHarness.runAndKill(
            PutUntilKilled.class,
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
