package tf.grid.hub.space.mark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.chunk.ChunkId;

class MarksTest {
  @TempDir Path directory;

  private static List<ChunkId> ids(int count, long seed) {
    Random random = new Random(seed);
    List<ChunkId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new ChunkId(random.nextLong(), random.nextLong()));
    }
    return ids;
  }

  private Map<ChunkId, Integer> owners(Marks marks, List<ChunkId> asked) throws IOException {
    Map<ChunkId, Integer> owners = new HashMap<>();
    List<ChunkId> left = new ArrayList<>(asked.stream().sorted().toList());
    marks.forEach(
        (table, last) -> {
          while (!left.isEmpty() && left.get(0).compareTo(last) <= 0) {
            ChunkId id = left.remove(0);
            owners.put(id, table.find(id));
          }
        });
    assertThat(left).isEmpty();
    return owners;
  }

  @Test
  void every_id_is_found_with_its_owner_and_no_other_id() throws IOException {
    List<ChunkId> marked = ids(20_000, 1);
    List<ChunkId> others = ids(20_000, 2);
    try (Marks marks = Marks.in(directory)) {
      for (int i = 0; i < marked.size(); i++) {
        marks.add(marked.get(i), i % 3);
      }
      List<ChunkId> all = new ArrayList<>(marked);
      all.addAll(others);
      Map<ChunkId, Integer> owners = owners(marks, all);
      for (int i = 0; i < marked.size(); i++) {
        assertThat(owners.get(marked.get(i))).isEqualTo(i % 3);
      }
      others.forEach(id -> assertThat(owners.get(id)).isEqualTo(IdTable.NONE));
    }
  }

  @Test
  void more_ids_than_fit_in_a_table_are_divided_further() throws IOException {
    List<ChunkId> marked = ids(5_000, 3);
    // The same first byte for all of these, and the same two first bytes for some.
    for (ChunkId id : ids(3_000, 4)) {
      marked.add(new ChunkId(id.high() >>> 8, id.low()));
      marked.add(new ChunkId(id.high() >>> 16, id.low()));
    }
    try (Marks marks = new Marks(Files.createDirectory(directory.resolve("small")), 100)) {
      for (ChunkId id : marked) {
        marks.add(id, 7);
      }
      assertThat(owners(marks, marked).values()).containsOnly(7).hasSize(marked.size());
    }
  }

  @Test
  void an_id_of_two_repositories_belongs_to_none_alone_and_work_in_progress_owns_nothing()
      throws IOException {
    List<ChunkId> some = ids(4, 5);
    try (Marks marks = Marks.in(directory)) {
      marks.add(some.get(0), 0);
      marks.add(some.get(0), 1);
      marks.add(some.get(0), 0);
      marks.add(some.get(1), IdTable.IN_USE);
      marks.add(some.get(1), 2);
      marks.add(some.get(2), 2);
      marks.add(some.get(2), IdTable.IN_USE);
      marks.add(some.get(3), IdTable.IN_USE);
      Map<ChunkId, Integer> owners = owners(marks, some);
      assertThat(some.stream().map(owners::get))
          .containsExactly(IdTable.SHARED, 2, 2, IdTable.IN_USE);
    }
  }

  @Test
  void the_first_and_the_last_id_are_found_too() throws IOException {
    List<ChunkId> edges = List.of(new ChunkId(0, 0), new ChunkId(-1, -1), new ChunkId(1L << 63, 0));
    try (Marks marks = Marks.in(directory)) {
      for (ChunkId id : edges) {
        marks.add(id, 0);
      }
      assertThat(owners(marks, edges).values()).containsOnly(0);
    }
  }

  @Test
  void ids_that_nobody_asked_for_are_counted() throws IOException {
    List<ChunkId> marked = ids(1_000, 6);
    try (Marks marks = Marks.in(directory)) {
      for (ChunkId id : marked) {
        marks.add(id, 0);
      }
      marks.add(new ChunkId(42, 42), IdTable.IN_USE);
      long[] missing = new long[1];
      marks.forEach(
          (table, last) -> {
            marked.stream().limit(900).forEach(table::find);
            missing[0] += table.notFound();
          });
      assertThat(missing[0]).isEqualTo(100);
    }
  }

  @Test
  void no_file_is_left() throws IOException {
    try (Marks marks = Marks.in(directory)) {
      for (ChunkId id : ids(50_000, 7)) {
        marks.add(id, 0);
      }
    }
    assertThat(directory).isEmptyDirectory();
  }
}
