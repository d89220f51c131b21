package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.KillHarness;

/** Kills at any moment of changes and collections: confirmed changes and all content are there. */
class KilledWorkTest {
  private static final int ROUNDS = KillHarness.rounds(5);
  private static final int MOST_MILLIS = 1_500;

  @TempDir Path directory;

  @Test
  void after_a_kill_every_confirmed_change_is_there_and_every_flist_is_complete()
      throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    int changes = 0;
    int deleted = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> lines = wholeLines(workUntilKilled(data, round));
      changes += (int) lines.stream().filter(line -> line.startsWith("end")).count();
      deleted +=
          lines.stream()
              .filter(line -> line.startsWith("collected"))
              .mapToInt(line -> Integer.parseInt(line.split(" ", 2)[1]))
              .sum();
      try (SpaceBench hub = WorkUntilKilled.open(data)) {
        for (int client = 0; client < WorkUntilKilled.CLIENTS; client++) {
          assertConfirmed(data, client, lines);
        }
        hub.assertComplete();
      }
    }
    assertThat(deleted).as("chunks that collections deleted").isPositive();
    System.out.printf(
        "%d kills, %d changes confirmed, %d chunks deleted%n", ROUNDS, changes, deleted);
  }

  private String workUntilKilled(Path data, int seed) throws IOException, InterruptedException {
    Path output = Files.createTempDirectory(directory, "output");
    return KillHarness.runAndKill(
        WorkUntilKilled.class,
        output,
        lines -> lines.contains("\ncollected"),
        MOST_MILLIS,
        data,
        seed);
  }

  /** The last line may be torn. */
  private static List<String> wholeLines(String output) {
    return output.substring(0, output.lastIndexOf('\n') + 1).lines().toList();
  }

  /** Only what a change has begun to replace or remove may differ from the confirmed state. */
  private static void assertConfirmed(Path data, int client, List<String> lines)
      throws IOException {
    List<String> own =
        lines.stream().filter(line -> line.matches("(begin|end) " + client + "( .*)?")).toList();
    Map<String, String> confirmed = new TreeMap<>();
    Map<String, String> found = WorkUntilKilled.state(data, client);
    for (String line : own) {
      List<String> words = Arrays.asList(line.split(" ", -1));
      if (words.get(0).equals("end")) {
        confirmed.clear();
        words.stream()
            .skip(2)
            .map(word -> word.split("=", 2))
            .forEach(entry -> confirmed.put(entry[0], entry[1]));
      }
    }
    if (!own.isEmpty() && own.get(own.size() - 1).startsWith("begin")) {
      for (String changing : own.get(own.size() - 1).split(" ", -1)) {
        confirmed.keySet().removeIf(name -> isPartOf(name, changing));
        found.keySet().removeIf(name -> isPartOf(name, changing));
      }
    }
    assertThat(found).isEqualTo(confirmed);
  }

  private static boolean isPartOf(String name, String changing) {
    return name.equals(changing) || name.startsWith(changing + "/");
  }
}
