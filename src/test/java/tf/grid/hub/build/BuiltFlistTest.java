package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarBytes.Header;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;

/** What is built, written and read again is what the archive said. */
class BuiltFlistTest {
  private final Builds builds = new Builds();
  @TempDir private Path work;

  @AfterEach
  void close() {
    builds.close();
  }

  private byte[] written(BuiltTree tree) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FlistWriter writer = new FlistWriter(work)) {
      tree.directories(writer::directory);
      writer.writeTo(out);
    }
    return out.toByteArray();
  }

  private static byte[] archive() {
    return new TarBytes()
        .directory("./")
        .file("./.README.md", "# hello")
        .file("./b/file", new byte[1_300_000])
        .hardLink("./b/again", "b/file")
        .symbolicLink("./a", "b/file")
        .entry(new Header("./latin-\351/null").type('3').device(1, 3))
        .entry(new Header("./pipe").type('6').mode(02600).owner(7, 8).names("", ""))
        .gzip();
  }

  @Test
  void the_flist_has_every_entry_of_the_tree() throws Exception {
    try (BuiltTree tree = builds.build(archive());
        FlistReader reader =
            FlistReader.open(new ByteArrayInputStream(written(tree)), work, FlistLimits.DEFAULT)) {
      Map<String, Node> read = new HashMap<>();
      reader.walk((path, node) -> read.put("/" + path, node));
      assertThat(read).isEqualTo(Builds.nodes(tree)).hasSize(8);
      assertThat(reader.counts()).isEqualTo(Builds.counts(tree));
    }
  }

  @Test
  void the_same_archive_gives_the_same_bytes() throws Exception {
    try (BuiltTree first = builds.build(archive());
        BuiltTree second = builds.build(archive())) {
      assertThat(written(first)).isEqualTo(written(second));
    }
  }

  private static TarBytes nested(int levels) {
    return new TarBytes().longName("d/".repeat(levels)).directory("x");
  }

  @Test
  void the_deepest_tree_that_is_built_is_read_and_a_deeper_one_is_refused() throws Exception {
    int depth = FlistLimits.DEFAULT.depth();
    try (BuiltTree tree = builds.build(nested(depth).gzip());
        FlistReader reader =
            FlistReader.open(new ByteArrayInputStream(written(tree)), work, FlistLimits.DEFAULT)) {
      assertThat(reader.counts().directory()).isEqualTo(depth);
    }
    assertThatThrownBy(() -> builds.build(nested(depth + 1).gzip()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("1025 levels deep");
  }

  /** Each link is one more list of blocks in the flist, though the tree has it once. */
  @Test
  void hard_links_are_paid_for_by_what_they_make_of_the_flist() throws Exception {
    int links = 500;
    int blocks = 10;
    TarBytes archive = new TarBytes().file("file", new byte[blocks << 19]);
    for (int i = 0; i < links; i++) {
      archive.hardLink("link-" + i, "file");
    }
    try (BuiltTree tree = builds.build(archive.gzip())) {
      long taken = Builds.BUDGET - builds.budget.free();
      assertThat(taken).isGreaterThan((long) links * blocks * NodeBuilder.BYTES_PER_LINKED_BLOCK);
      assertThat((long) written(tree).length).isLessThan(taken);
    }
  }

  @Test
  void many_hard_links_to_a_large_file_are_more_than_the_budget_has() throws Exception {
    TarBytes archive = new TarBytes().file("file", new byte[64 << 19]);
    for (int i = 0; i < 9_000; i++) {
      archive.hardLink("link-" + i, "file");
    }
    assertThatThrownBy(() -> builds.build(archive.gzip()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("memory for uploads");
    assertThat(builds.budget.free()).isEqualTo(Builds.BUDGET);
  }
}
