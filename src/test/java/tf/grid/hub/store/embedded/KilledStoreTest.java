package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.store.StoredChunk;

/** Processes that are killed while they put: what they have confirmed is there. */
class KilledStoreTest {
  private static final int ROUNDS = 4;
  private static final int MOST_BYTES = 60_000;

  @TempDir Path directory;

  @Test
  void every_chunk_that_was_confirmed_before_a_kill_is_there_and_intact()
      throws IOException, InterruptedException {
    Random random = new Random();
    List<Integer> confirmed = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      int before = confirmed.size();
      confirmed.addAll(killAfter(round * 1_000_000, 20 + random.nextInt(400)));
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

  /** Lets a process confirm some chunks, kills it a moment later, and says what it confirmed. */
  private List<Integer> killAfter(int first, int moment) throws IOException, InterruptedException {
    Path output = directory.resolve("confirmed-" + first);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                PutUntilKilled.class.getName(),
                directory.resolve("store").toString(),
                Integer.toString(first),
                Integer.toString(MOST_BYTES))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      while (process.isAlive() && Files.size(output) == 0) {
        Thread.sleep(5);
      }
      Thread.sleep(moment);
    } finally {
      process.destroyForcibly().waitFor();
    }
    return numbers(Files.readString(output, StandardCharsets.US_ASCII));
  }

  /** The numbers on whole lines: the last line may be torn. */
  private static List<Integer> numbers(String output) {
    return output.substring(0, output.lastIndexOf('\n') + 1).lines().map(Integer::valueOf).toList();
  }
}
