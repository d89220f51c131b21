package tf.grid.hub.store.remote;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.store.ChunkSamples.chunk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.chunk.ChunkId;

class DamagedChunksTest {
  @TempDir Path directory;
  private Path file;
  private DamagedChunks damaged;

  @BeforeEach
  void open() throws IOException {
    file = directory.resolve("damaged-chunks");
    damaged = DamagedChunks.keptIn(file);
  }

  @Test
  void a_restart_keeps_what_was_not_repaired() throws IOException {
    damaged.add(chunk(1, 10).id());
    damaged.add(chunk(2, 10).id());
    damaged.add(chunk(2, 10).id());
    damaged.remove(List.of(chunk(1, 10).id(), chunk(3, 10).id()));

    DamagedChunks restarted = DamagedChunks.keptIn(file);

    assertThat(restarted.contains(chunk(1, 10).id())).isFalse();
    assertThat(restarted.contains(chunk(2, 10).id())).isTrue();
    assertThat(file).hasSize(1 + ChunkId.LENGTH);
  }

  @Test
  void nothing_is_left_when_all_are_repaired() throws IOException {
    damaged.add(chunk(1, 10).id());
    damaged.remove(List.of(chunk(1, 10).id()));

    assertThat(DamagedChunks.keptIn(file).isEmpty()).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void the_torn_end_of_a_killed_process_is_dropped() throws IOException {
    damaged.add(chunk(1, 10).id());
    Files.write(file, new byte[] {1, 2, 3}, APPEND);

    assertThat(DamagedChunks.keptIn(file).contains(chunk(1, 10).id())).isTrue();
    assertThat(file).hasSize(1 + ChunkId.LENGTH);
  }

  @Test
  void a_list_that_cannot_be_rewritten_is_continued() throws IOException {
    damaged.add(chunk(1, 10).id());
    Files.write(file, new byte[] {1, 2, 3}, APPEND);
    Files.createDirectories(directory.resolve("damaged-chunks.new/file"));

    DamagedChunks.keptIn(file).add(chunk(2, 10).id());

    DamagedChunks restarted = DamagedChunks.keptIn(file);
    assertThat(restarted.contains(chunk(1, 10).id())).isTrue();
    assertThat(restarted.contains(chunk(2, 10).id())).isTrue();
  }

  @Test
  void a_list_that_cannot_be_written_still_works() throws IOException {
    Files.createDirectory(file);
    damaged.add(chunk(1, 10).id());

    assertThat(damaged.contains(chunk(1, 10).id())).isTrue();
  }

  @Test
  void there_is_an_upper_limit() {
    DamagedChunks many = DamagedChunks.inMemory();
    for (int i = 0; i <= DamagedChunks.MOST; i++) {
      many.add(new ChunkId(i, i));
    }

    assertThat(many.contains(new ChunkId(DamagedChunks.MOST - 1, DamagedChunks.MOST - 1))).isTrue();
    assertThat(many.contains(new ChunkId(DamagedChunks.MOST, DamagedChunks.MOST))).isFalse();
  }
}
