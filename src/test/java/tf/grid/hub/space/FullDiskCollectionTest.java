package tf.grid.hub.space;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.space.SpaceBench.ALICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.SmallDisk;
import tf.grid.hub.catalogue.change.EntryName;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.StoreException;

/** Collections on a disk that gets full at any of their steps. */
class FullDiskCollectionTest {
  private static final int DISK = 64 << 20;
  private static final int CHARACTERS = 100_000;
  private static final int PAGE = 4096;
  private static final int MOST_PAGES = 2048;

  @TempDir Path directory;
  private final Random random = new Random(1);

  @Test
  void a_disk_that_gets_full_during_a_collection_loses_nothing_and_the_next_one_gives_space_back()
      throws Exception {
    try (SmallDisk disk = SmallDisk.at(directory, DISK)) {
      int rejected = 0;
      int done = 0;
      for (int pages = 0; pages <= MOST_PAGES; pages += 1 + pages / 2) {
        try (SpaceBench hub = WorkUntilKilled.open(directory)) {
          upload(hub, "kept" + pages % 8);
          upload(hub, "deleted");
          hub.changes.delete(ALICE, EntryName.parse("deleted"));
          disk.resize(Math.toIntExact(used() + (long) pages * PAGE));
          if (hasRoomToCollect(hub)) {
            done++;
          } else {
            rejected++;
          }
          disk.resize(DISK);
        }
        try (SpaceBench hub = WorkUntilKilled.open(directory)) {
          hub.assertComplete();
        }
      }
      assertThat(rejected).as("collections that found no room").isPositive();
      assertThat(done).as("collections that found room").isPositive();
      try (SpaceBench hub = WorkUntilKilled.open(directory)) {
        hub.collect();
        assertThat(packs())
            .isLessThan((long) (1.3 * hub.stored().stream().mapToLong(Entry::size).sum()));
        hub.assertComplete();
      }
    }
  }

  private static boolean hasRoomToCollect(SpaceBench hub) {
    try {
      hub.collect();
      return true;
    } catch (CollectionException | StoreException full) {
      return false;
    }
  }

  private void upload(SpaceBench hub, String name) throws Exception {
    StringBuilder text = new StringBuilder(CHARACTERS);
    for (int i = 0; i < CHARACTERS; i++) {
      text.append((char) (' ' + random.nextInt(90)));
    }
    hub.upload(ALICE, name, List.of(text.toString(), name));
  }

  private long used() throws IOException {
    var disk = Files.getFileStore(directory);
    return disk.getTotalSpace() - disk.getUnallocatedSpace();
  }

  private long packs() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("store"))) {
      return files
          .filter(file -> file.toString().endsWith(".pack"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
