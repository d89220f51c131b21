package tf.grid.hub.flist.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.GeneratedTree;

class FlistDiffTest {
  private static final FlistPath PLACE = FlistPath.of("x");

  @TempDir Path work;

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_diff_is_what_a_comparison_of_maps_is(long seed) throws IOException {
    GeneratedTree before = GeneratedTree.of(seed);
    GeneratedTree after = GeneratedTree.of(seed + 500);
    List<Difference> found = pages(before, after, Integer.MAX_VALUE);
    assertThat(found.stream().map(FlistDiffTest::line).sorted().toList())
        .isEqualTo(naive(before.nodes(), after.nodes()));
    assertInOrder(found);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void pages_of_any_size_are_the_whole(long seed) throws IOException {
    GeneratedTree before = GeneratedTree.of(seed);
    GeneratedTree after = GeneratedTree.of(seed + 500);
    assertThat(pages(before, after, 1 + (int) seed % 7))
        .isEqualTo(pages(before, after, Integer.MAX_VALUE));
  }

  @Test
  void a_flist_does_not_differ_from_itself() throws IOException {
    assertThat(pages(GeneratedTree.of(3), GeneratedTree.of(3), 10)).isEmpty();
  }

  @Test
  void the_same_bytes_under_other_ids_are_the_same_content() {
    assertThat(DifferenceAspect.between(file(1, 7), file(2, 7))).isEmpty();
    assertThat(DifferenceAspect.between(file(1, 7), file(1, 8)))
        .containsExactly(DifferenceAspect.CONTENT);
  }

  @Test
  void a_file_that_became_a_directory_is_one_change_and_what_is_in_it_is_added()
      throws IOException {
    GeneratedTree before = new GeneratedTree().with(PLACE, file(1, 7));
    GeneratedTree after =
        new GeneratedTree()
            .with(PLACE, new DirectoryNode(Name.of("x"), Permissions.ROOT_DIRECTORY, 0, 0))
            .with(PLACE.child(Name.of("x")), file(1, 7));
    assertThat(pages(before, after, 1).stream().map(FlistDiffTest::line))
        .containsExactly("x changed [TYPE]", "x/x added []");
    assertThat(pages(after, before, 1).stream().map(FlistDiffTest::line))
        .containsExactly("x changed [TYPE]", "x/x removed []");
  }

  private static FileNode file(long id, long key) {
    Block block = new Block(new ChunkId(0, id), new ChunkKey(0, key));
    return new FileNode(Name.of("x"), Permissions.ROOT_DIRECTORY, 0, 0, 5, List.of(block));
  }

  private List<Difference> pages(GeneratedTree before, GeneratedTree after, int size)
      throws IOException {
    List<Difference> all = new ArrayList<>();
    try (FlistReader first = before.open(work);
        FlistReader second = after.open(work)) {
      int pageStart;
      do {
        pageStart = all.size();
        int end = size == Integer.MAX_VALUE ? size : pageStart + size;
        Optional<DiffPosition> behind =
            all.isEmpty() ? Optional.empty() : Optional.of(all.get(pageStart - 1).place());
        new FlistDiff(first, second)
            .walk(
                behind,
                difference -> {
                  all.add(difference);
                  return all.size() < end;
                });
      } while (all.size() > pageStart);
    }
    return all;
  }

  private static void assertInOrder(List<Difference> found) {
    for (int i = 1; i < found.size(); i++) {
      assertThat(compare(found.get(i - 1).place(), found.get(i).place()))
          .as("%s before %s", found.get(i - 1).place(), found.get(i).place())
          .isNegative();
    }
  }

  private static int compare(DiffPosition left, DiffPosition right) {
    Iterator<DiffPosition.Step> other = right.steps().iterator();
    for (DiffPosition.Step step : left.steps()) {
      if (!other.hasNext()) {
        return 1;
      }
      int order = step.compareTo(other.next());
      if (order != 0) {
        return order;
      }
    }
    return other.hasNext() ? -1 : 0;
  }

  private static List<String> naive(Map<FlistPath, Node> before, Map<FlistPath, Node> after) {
    Set<FlistPath> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    List<String> lines = new ArrayList<>();
    for (FlistPath path : paths) {
      Node old = before.get(path);
      Node fresh = after.get(path);
      if (old == null || fresh == null) {
        lines.add(path + (old == null ? " added []" : " removed []"));
      } else if (!old.equals(fresh)) {
        lines.add(path + " changed " + DifferenceAspect.between(old, fresh));
      }
    }
    lines.sort(null);
    return lines;
  }

  private static String line(Difference difference) {
    String change =
        difference.before().isEmpty()
            ? " added "
            : difference.after().isEmpty() ? " removed " : " changed ";
    return difference.place().path() + change + difference.aspects();
  }
}
