package tf.grid.hub.catalogue.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.KillHarness;

/** Processes that are killed while they change names: each change is done or not. */
class KilledChangesTest {
  private static final int ROUNDS = KillHarness.rounds(6);
  private static final Map<String, Set<String>> WHOLE =
      Map.of(
          "alice.3bot", Set.of("/"),
          "alice.3bot/copy.flist", Set.of(ChangeUntilKilled.TEXT),
          "alice.3bot/latest.flist",
              Set.of("-> copy.flist", "-> ../bob.3bot/tool.flist", ChangeUntilKilled.TEXT),
          "alice.3bot/.tag-v1", Set.of("/"),
          "alice.3bot/.tag-v1/a.flist", Set.of("-> ../../bob.3bot/tool.flist"),
          "alice.3bot/.tag-v1/b.flist", Set.of("-> ../../bob.3bot/tool.flist"),
          "bob.3bot", Set.of("/"),
          "bob.3bot/tool.flist", Set.of(ChangeUntilKilled.TEXT),
          "bob.3bot/stable", Set.of("-> ../alice.3bot/.tag-v1"));

  @TempDir Path data;

  @Test
  void a_hub_that_is_killed_at_any_moment_leaves_only_whole_changes_after_the_next_start()
      throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      KillHarness.runAndKill(ChangeUntilKilled.class, data, output -> !output.isEmpty(), 150, data);
      try (CatalogueOnDisk disk = new CatalogueOnDisk(data)) {
        assertWhole(disk.tree());
      }
    }
  }

  private static void assertWhole(SortedMap<String, String> tree) {
    tree.forEach((name, content) -> assertThat(WHOLE.get(name)).as(name).contains(content));
    boolean tagged = tree.containsKey("alice.3bot/.tag-v1");
    boolean filled =
        tree.containsKey("alice.3bot/.tag-v1/a.flist")
            || tree.containsKey("alice.3bot/.tag-v1/b.flist");
    assertThat(filled).as("a tag is never empty").isEqualTo(tagged);
  }

  @Test
  void what_a_killed_change_left_is_removed_at_the_next_start_and_nothing_else()
      throws IOException {
    try (CatalogueOnDisk disk = new CatalogueOnDisk(data)) {
      disk.publish(CatalogueOnDisk.ALICE, "app", "app");
      disk.linkByHand("alice.3bot/.tmp-1", "app.flist");
      disk.linkByHand("alice.3bot/.tmp-2/a.flist", "../../alice.3bot/app.flist");
      Files.createDirectories(disk.path("alice.3bot/.tmp-3"));
      Files.writeString(Files.createDirectories(disk.path("alice.3bot/.tmp-4")).resolve("x"), "x");
    }
    try (CatalogueOnDisk disk = new CatalogueOnDisk(data)) {
      assertThat(disk.tree())
          .containsOnlyKeys(
              "alice.3bot", "alice.3bot/app.flist", "alice.3bot/.tmp-4", "alice.3bot/.tmp-4/x");
    }
  }
}
