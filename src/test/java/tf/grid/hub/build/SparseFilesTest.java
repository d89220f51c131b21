package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;

/** Files that are mostly holes. */
class SparseFilesTest {
  private static final int PIECE = ChunkCodec.MAX_PLAIN;
  private static final long GIB = 1L << 30;

  private final Builds builds = new Builds();

  @AfterEach
  void close() {
    builds.close();
  }

  private static TarBytes sparse(String path, long size, String map, byte[] data) {
    return new TarBytes()
        .pax("GNU.sparse.major=0", "GNU.sparse.minor=1")
        .pax("GNU.sparse.size=" + size, "GNU.sparse.map=" + map)
        .file(path, data);
  }

  @Test
  void nine_gigabytes_with_little_data_are_honest() throws Exception {
    byte[] data = new byte[25 * 4096];
    new Random(7).nextBytes(data);
    StringBuilder map = new StringBuilder("0,4096");
    for (int i = 1; i < 25; i++) {
      map.append(',').append(i * 360_000_000L / 4096 * 4096).append(",4096");
    }
    try (BuiltTree tree = builds.build(sparse("disk.img", 9 * GIB, map.toString(), data).gzip())) {
      FileNode file = (FileNode) Builds.nodes(tree).get("/disk.img");
      assertThat(file.size()).isEqualTo(9 * GIB);
      assertThat(file.blocks()).hasSize((int) (9 * GIB / PIECE));
      assertThat(new HashSet<>(file.blocks())).hasSize(26);
      assertThat(builds.store.put).as("chunks that were stored").hasValueLessThan(30);
      int last = (int) (24 * 360_000_000L / 4096 * 4096 / PIECE);
      byte[] piece = builds.piece(file.blocks().get(last));
      int at = (int) (24 * 360_000_000L / 4096 * 4096 % PIECE);
      assertThat(Arrays.copyOfRange(piece, at, at + 4096))
          .isEqualTo(Arrays.copyOfRange(data, 24 * 4096, data.length));
    }
  }

  @Test
  void a_hole_is_zeros_wherever_it_begins_and_ends() throws Exception {
    long size = 5L * PIECE + 100;
    String map = (PIECE - 3) + ",6," + (4L * PIECE - 1) + ",1," + (size - 2) + ",2";
    byte[] expected = new byte[(int) size];
    byte[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    System.arraycopy(data, 0, expected, PIECE - 3, 6);
    expected[4 * PIECE - 1] = 7;
    expected[expected.length - 2] = 8;
    expected[expected.length - 1] = 9;
    byte[] archive =
        new TarBytes()
            .raw(sparse("a", size, map, data).unfinished())
            .raw(sparse("only-a-hole", 2L * PIECE, "0,0", new byte[0]).unfinished())
            .hardLink("b", "only-a-hole")
            .file("zeros", new byte[PIECE])
            .gzip();
    try (BuiltTree tree = builds.build(archive)) {
      Map<String, Node> nodes = Builds.nodes(tree);
      assertThat(builds.content(nodes.get("/a"))).isEqualTo(expected);
      assertThat(builds.content(nodes.get("/b"))).isEqualTo(new byte[2 * PIECE]);
      Block zeros = ((FileNode) nodes.get("/zeros")).blocks().get(0);
      assertThat(((FileNode) nodes.get("/only-a-hole")).blocks()).containsExactly(zeros, zeros);
      Builds.assertStored(tree, builds.store);
    }
  }

  @Test
  void a_readme_with_a_hole_is_whole() throws Exception {
    long size = PIECE + 3L;
    byte[] archive = sparse(".README.md", size, PIECE + ",3", new byte[] {1, 2, 3}).gzip();
    try (BuiltTree tree = builds.build(archive)) {
      assertThat(builds.content(Builds.nodes(tree).get("/.README.md"))).hasSize((int) size);
    }
  }
}
