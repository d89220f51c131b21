package tf.grid.hub.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;

class KeyMemoryTest {
  @TempDir Path directory;
  private KeyMemory memory;

  @BeforeEach
  void open() {
    memory = KeyMemory.open(directory.resolve("keys.sqlite"));
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void what_was_learnt_is_known_at_once_and_nothing_else_is() {
    List<Block> learnt = blocks(1, 3_000);
    memory.remember(learnt);
    List<Block> others = blocks(2, 3_000);
    List<ChunkKey> asked = Stream.concat(learnt.stream(), others.stream()).map(Block::key).toList();
    assertThat(memory.lookUp(asked)).isEqualTo(idsByKey(learnt));
    assertThat(memory.lookUp(List.of())).isEmpty();
  }

  @Test
  void it_is_known_after_the_memory_was_closed_and_opened_again() {
    List<Block> learnt = blocks(1, 40_000);
    memory.remember(learnt);
    memory.close();
    open();
    assertThat(memory.lookUp(learnt.stream().map(Block::key).toList())).isEqualTo(idsByKey(learnt));
  }

  @Test
  void keys_of_deleted_chunks_are_forgotten_and_the_others_stay() {
    List<Block> kept = blocks(1, 6_000);
    List<Block> deleted = blocks(2, 6_000);
    memory.remember(kept);
    memory.remember(deleted);
    Set<ChunkId> gone = new HashSet<>(deleted.stream().map(Block::id).toList());

    memory.forget(
        ids -> {
          Set<ChunkId> missing = new HashSet<>(ids);
          missing.retainAll(gone);
          return missing;
        });

    List<ChunkKey> asked = Stream.concat(kept.stream(), deleted.stream()).map(Block::key).toList();
    assertThat(memory.lookUp(asked)).isEqualTo(idsByKey(kept));
  }

  @Test
  void a_later_id_of_the_same_key_replaces_the_earlier_one() {
    Block first = blocks(1, 1).get(0);
    Block second = new Block(new ChunkId(7, 8), first.key());
    memory.remember(List.of(first));
    memory.close();
    open();
    memory.remember(List.of(second));
    assertThat(memory.lookUp(List.of(first.key()))).containsEntry(first.key(), second.id());
    memory.close();
    open();
    assertThat(memory.lookUp(List.of(first.key()))).containsEntry(first.key(), second.id());
  }

  @Test
  void a_damaged_file_is_begun_anew() throws IOException {
    List<Block> learnt = blocks(1, 10);
    memory.remember(learnt);
    memory.close();
    byte[] garbage = new byte[10_000];
    new Random(3).nextBytes(garbage);
    Files.write(directory.resolve("keys.sqlite"), garbage);
    open();
    assertThat(memory.lookUp(learnt.stream().map(Block::key).toList())).isEmpty();
    memory.remember(learnt);
    assertThat(memory.lookUp(learnt.stream().map(Block::key).toList())).isEqualTo(idsByKey(learnt));
  }

  @Test
  void rows_that_hold_no_id_are_forgotten_and_learnt_again() throws SQLException {
    List<Block> learnt = blocks(1, 10);
    memory.remember(learnt);
    memory.close();
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("keys.sqlite"));
        Statement statement = file.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE keys SET id = x'0102'")).isEqualTo(10);
    }
    open();
    List<ChunkKey> keys = learnt.stream().map(Block::key).toList();
    assertThat(memory.lookUp(keys)).isEmpty();
    memory.remember(learnt);
    memory.close();
    open();
    assertThat(memory.lookUp(keys)).isEqualTo(idsByKey(learnt));
  }

  private static List<Block> blocks(long seed, int count) {
    Random random = new Random(seed);
    return Stream.generate(
            () ->
                new Block(
                    new ChunkId(random.nextLong(), random.nextLong()),
                    new ChunkKey(random.nextLong(), random.nextLong())))
        .limit(count)
        .toList();
  }

  private static Map<ChunkKey, ChunkId> idsByKey(List<Block> blocks) {
    return blocks.stream().collect(Collectors.toMap(Block::key, Block::id));
  }
}
