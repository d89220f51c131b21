package tf.grid.hub.flist.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.flist.file.GeneratedTree;
import tf.grid.hub.flist.merge.MergeConflict.SourceEntry;

class FlistMergeTest {
  @TempDir Path work;

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_merge_is_what_a_merge_of_maps_is(long seed) throws IOException {
    List<GeneratedTree> trees =
        LongStream.rangeClosed(0, 1 + seed % 4)
            .mapToObj(number -> GeneratedTree.of(seed * 7 + number))
            .toList();
    assertThat(merged(trees)).isEqualTo(naive(trees));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_clash_is_a_path_with_different_things_and_the_first_is_kept(long seed)
      throws IOException {
    List<GeneratedTree> trees = List.of(GeneratedTree.of(seed), GeneratedTree.of(seed + 1000));
    Map<FlistPath, Node> first = trees.get(0).nodes();
    Map<FlistPath, Node> second = trees.get(1).nodes();
    Map<FlistPath, Node> merged = merged(trees);
    List<MergeConflict> clashes = clashes(trees, 10_000);
    for (MergeConflict clash : clashes) {
      assertThat(clash.kept()).isEqualTo(new SourceEntry(0, first.get(clash.path())));
      assertThat(clash.dropped()).containsExactly(new SourceEntry(1, second.get(clash.path())));
      assertThat(merged).containsEntry(clash.path(), clash.kept().node());
    }
    long differentTypes =
        second.entrySet().stream()
            .filter(entry -> merged.get(entry.getKey()) != null)
            .filter(entry -> merged.get(entry.getKey()).getClass() != entry.getValue().getClass())
            .filter(entry -> parentsAreDirectories(entry.getKey(), first))
            .count();
    assertThat(clashes.stream().filter(FlistMergeTest::isOfTypes).count())
        .isEqualTo(differentTypes);
  }

  @Test
  void no_more_clashes_are_looked_for_than_asked() throws IOException {
    List<GeneratedTree> trees = List.of(GeneratedTree.of(1), GeneratedTree.of(2));
    int all = clashes(trees, 10_000).size();
    assertThat(all).isGreaterThan(3);
    assertThat(clashes(trees, 3)).hasSize(3).isEqualTo(clashes(trees, 10_000).subList(0, 3));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_preview_counts_what_the_merge_makes(long seed) throws IOException {
    List<GeneratedTree> trees = List.of(GeneratedTree.of(seed), GeneratedTree.of(seed + 500));
    Counts.Counter counter = new Counts.Counter();
    merged(trees).entrySet().stream()
        .filter(entry -> entry.getKey().length() > 0)
        .forEach(entry -> counter.add(entry.getValue()));
    List<FlistReader> readers = open(trees);
    MergePreview preview = new FlistMerge(readers).preview(3);
    close(readers);

    assertThat(preview.counts()).isEqualTo(counter.counts());
    assertThat(preview.conflicts()).isEqualTo(clashes(trees, 100_000).size());
    assertThat(preview.first()).isEqualTo(clashes(trees, 3));
  }

  @Test
  void a_flist_merged_with_itself_is_itself() throws IOException {
    GeneratedTree tree = GeneratedTree.of(5);
    assertThat(merged(List.of(tree, tree))).isEqualTo(tree.nodes());
    assertThat(clashes(List.of(tree, tree), 10)).isEmpty();
  }

  @Test
  void recorded_flists_merge_so_that_the_first_wins_whatever_the_type() throws IOException {
    try (FlistReader a = recorded("merge-a");
        FlistReader b = recorded("merge-b")) {
      Map<FlistPath, Node> merged = merge(List.of(a, b));
      assertThat(merged.get(FlistPath.of("thing"))).isInstanceOf(DirectoryNode.class);
      assertThat(merged).containsKey(FlistPath.of("thing/inside-a.txt"));
      assertThat(merged.get(FlistPath.of("other"))).isNotInstanceOf(DirectoryNode.class);
      assertThat(merged).doesNotContainKey(FlistPath.of("other/inside-b.txt"));
      assertThat(merged).containsKeys(FlistPath.of("shared/a.txt"), FlistPath.of("shared/b.txt"));
    }
  }

  @Test
  void a_name_that_an_earlier_tool_left_twice_is_there_once_afterwards() throws IOException {
    try (FlistReader twice = recorded("merged-ab")) {
      Map<FlistPath, Node> merged = merge(List.of(twice));
      assertThat(merged.get(FlistPath.of("thing"))).isInstanceOf(DirectoryNode.class);
    }
  }

  @Test
  void nothing_cannot_be_merged() {
    assertThatThrownBy(() -> new FlistMerge(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean isOfTypes(MergeConflict clash) {
    return clash.kept().node().getClass() != clash.dropped().get(0).node().getClass();
  }

  private static boolean parentsAreDirectories(FlistPath path, Map<FlistPath, Node> nodes) {
    FlistPath up = path.parent();
    return up.length() == 0
        || (nodes.get(up) instanceof DirectoryNode && parentsAreDirectories(up, nodes));
  }

  /** Each entry of a later tree is taken if no earlier one has its path, or a file above it. */
  private static Map<FlistPath, Node> naive(List<GeneratedTree> trees) {
    Map<FlistPath, Node> merged = new TreeMap<>();
    for (GeneratedTree tree : trees) {
      Map<FlistPath, Node> before = Map.copyOf(merged);
      tree.nodes()
          .forEach(
              (path, node) -> {
                if (!before.containsKey(path) && isOpen(path.parent(), before)) {
                  merged.put(path, node);
                }
              });
    }
    return merged;
  }

  private static boolean isOpen(FlistPath directory, Map<FlistPath, Node> before) {
    return directory.length() == 0
        || (isOpen(directory.parent(), before)
            && (!before.containsKey(directory) || before.get(directory) instanceof DirectoryNode));
  }

  private Map<FlistPath, Node> merged(List<GeneratedTree> trees) throws IOException {
    List<FlistReader> readers = open(trees);
    try {
      return merge(readers);
    } finally {
      close(readers);
    }
  }

  private List<MergeConflict> clashes(List<GeneratedTree> trees, int most) throws IOException {
    List<FlistReader> readers = open(trees);
    try {
      List<MergeConflict> found = new ArrayList<>();
      new FlistMerge(readers)
          .clashes(
              clash -> {
                found.add(clash);
                return found.size() < most;
              });
      return found;
    } finally {
      close(readers);
    }
  }

  private Map<FlistPath, Node> merge(List<FlistReader> readers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FlistWriter writer = new FlistWriter(work)) {
      new FlistMerge(readers)
          .directories(
              listing -> writer.directory(listing.path(), listing.self(), listing.contents()));
      writer.writeTo(out);
    }
    try (FlistReader reader = open(new ByteArrayInputStream(out.toByteArray()))) {
      return GeneratedTree.read(reader).nodes();
    }
  }

  private List<FlistReader> open(List<GeneratedTree> trees) throws IOException {
    List<FlistReader> readers = new ArrayList<>();
    for (GeneratedTree tree : trees) {
      readers.add(tree.open(work));
    }
    return readers;
  }

  private static void close(List<FlistReader> readers) throws IOException {
    for (FlistReader reader : readers) {
      reader.close();
    }
  }

  private FlistReader recorded(String name) throws IOException {
    return open(FlistMergeTest.class.getResourceAsStream("/vectors/flists/" + name + ".flist"));
  }

  private FlistReader open(InputStream flist) throws IOException {
    return FlistReader.open(flist, work, FlistLimits.DEFAULT);
  }
}
