package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarBytes.Header;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;

class FlistBuilderTest {
  private final Builds builds = new Builds();

  @AfterEach
  void nothingIsKept() throws Exception {
    builds.awaitAllUnitsFree();
    builds.close();
  }

  private Map<String, Node> nodes(TarBytes archive) throws Exception {
    try (BuiltTree tree = builds.build(archive.gzip())) {
      return Builds.nodes(tree);
    }
  }

  @Test
  void a_plain_tar_and_a_gzip_one_give_the_same_tree() throws Exception {
    TarBytes archive = new TarBytes().directory("etc/").file("etc/conf", "x").file("hello", "yes");
    try (BuiltTree plain = builds.build(archive.tar());
        BuiltTree packed = builds.build(archive.gzip())) {
      assertThat(Builds.nodes(plain)).isEqualTo(Builds.nodes(packed)).hasSize(3);
      assertThat(Builds.counts(plain)).isEqualTo(new Counts(2, 0, 1, 0, 4));
    }
  }

  @Test
  void content_of_every_length_around_a_piece_comes_back() throws Exception {
    TarBytes archive = new TarBytes();
    int[] sizes = {0, 1, 511, 512, 513, 524_287, 524_288, 524_289, 1_048_576, 3_500_001};
    Random random = new Random(7);
    for (int size : sizes) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      archive.file("f" + size, content);
    }
    Map<String, Node> nodes = nodes(archive);
    random.setSeed(7);
    for (int size : sizes) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      FileNode file = (FileNode) nodes.get("/f" + size);
      assertThat(file.size()).isEqualTo(size);
      assertThat(file.blocks()).hasSize((size + 524_287) / 524_288);
      assertThat(builds.content(file)).isEqualTo(content);
    }
  }

  @Test
  void a_file_of_more_pieces_than_a_segment_keeps_their_order() throws Exception {
    int pieces = 1030;
    StringBuilder map = new StringBuilder("GNU.sparse.map=");
    byte[] data = new byte[2 * pieces];
    for (int piece = 0; piece < pieces; piece++) {
      map.append(piece == 0 ? "" : ",").append(piece * 524_288L).append(",2");
      data[2 * piece] = (byte) piece;
      data[2 * piece + 1] = (byte) (piece >> 8);
    }
    TarBytes archive =
        new TarBytes()
            .pax("GNU.sparse.size=" + pieces * 524_288L, map.toString())
            .file("big", data);
    ArchiveLimits limits = ArchiveLimits.DEFAULT.withRatio(1_000_000, 0);
    try (BuiltTree tree = builds.build(archive.tar(), limits)) {
      FileNode file = (FileNode) Builds.nodes(tree).get("/big");
      assertThat(file.blocks()).hasSize(pieces).doesNotHaveDuplicates();
      for (int piece = 0; piece < pieces; piece += 100) {
        byte[] content = builds.piece(file.blocks().get(piece));
        assertThat(content).hasSize(524_288).startsWith((byte) piece, (byte) (piece >> 8));
      }
    }
  }

  @Test
  void leading_slashes_and_dots_mean_nothing() throws Exception {
    assertThat(
            nodes(
                    new TarBytes()
                        .directory("./")
                        .file("/abs", "1")
                        .file("./rel", "2")
                        .file(".//d//./e", "3")
                        .directory("/d///f/./"))
                .keySet())
        .containsExactly("/abs", "/d", "/d/e", "/d/f", "/rel");
  }

  @Test
  void a_file_with_a_slash_at_the_end_is_a_directory_as_it_was_in_the_first_format()
      throws Exception {
    Map<String, Node> nodes =
        nodes(new TarBytes().file("old/", "skipped").file("old/x", "y").file("/", "z"));
    assertThat(nodes.keySet()).containsExactly("/old", "/old/x");
    assertThat(nodes.get("/old")).isInstanceOf(DirectoryNode.class);
  }

  @Test
  void the_root_is_always_the_same() throws Exception {
    TarBytes archive = new TarBytes().entry(new Header("./").type('5').mode(0700).owner(5, 6));
    try (BuiltTree tree = builds.build(archive.gzip())) {
      assertThat(tree.root().self()).isEqualTo(DirectoryNode.ROOT);
      assertThat(Builds.counts(tree)).isEqualTo(new Counts(0, 0, 0, 0, 0));
    }
  }

  @Test
  void a_file_in_place_of_the_root_is_refused() {
    assertThatThrownBy(() -> nodes(new TarBytes().symbolicLink("./", "/etc")))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("root");
  }

  @Test
  void implied_directories_belong_to_root() throws Exception {
    Node implied = nodes(new TarBytes().file("a/b/c", "x")).get("/a/b");
    assertThat(implied)
        .isEqualTo(new DirectoryNode(Name.of("b"), Permissions.ROOT_DIRECTORY, 0, 0));
  }

  @Test
  void a_directory_entry_describes_what_was_implied_and_keeps_its_content() throws Exception {
    Map<String, Node> nodes =
        nodes(
            new TarBytes()
                .file("a/b", "x")
                .entry(new Header("a").type('5').mode(0700).owner(1, 2).names("", "").time(9)));
    Permissions permissions = new Permissions(Name.of("1"), Name.of("2"), 0700, 1, 2);
    assertThat(nodes.get("/a")).isEqualTo(new DirectoryNode(Name.of("a"), permissions, 9, 9));
    assertThat(nodes).containsKey("/a/b");
  }

  @Test
  void a_later_entry_takes_the_place_of_an_earlier_one() throws Exception {
    Map<String, Node> nodes =
        nodes(
            new TarBytes()
                .file("file", "old")
                .file("file", "newer")
                .file("tree/below/x", "gone")
                .symbolicLink("tree", "elsewhere")
                .symbolicLink("link", "etc")
                .directory("link")
                .file("link/inside", "kept"));
    assertThat(nodes.keySet()).containsExactly("/file", "/link", "/link/inside", "/tree");
    assertThat(builds.content(nodes.get("/file"))).asString().isEqualTo("newer");
    assertThat(nodes.get("/tree")).isInstanceOf(LinkNode.class);
    assertThat(nodes.get("/link")).isInstanceOf(DirectoryNode.class);
  }

  @Test
  void hard_links_share_what_their_target_has() throws Exception {
    byte[] content = new byte[600_000];
    new Random(1).nextBytes(content);
    TarBytes archive =
        new TarBytes()
            .entry(
                new Header("./one").size(content.length).mode(04711).owner(7, 8).time(5), content)
            .entry(new Header("two").type('1').target("/one").mode(0).owner(1, 1).time(1))
            .file("one", "replaced");
    Map<String, Node> nodes = nodes(archive);
    FileNode two = (FileNode) nodes.get("/two");
    assertThat(two.size()).isEqualTo(content.length);
    assertThat(two.permissions().mode()).isEqualTo(04711);
    assertThat(two.permissions().uid()).isEqualTo(7);
    assertThat(two.modified()).isEqualTo(5);
    assertThat(builds.content(two)).isEqualTo(content);
    assertThat(builds.content(nodes.get("/one"))).asString().isEqualTo("replaced");
  }

  @Test
  void a_hard_link_to_a_symbolic_link_is_the_same_link() throws Exception {
    Map<String, Node> nodes =
        nodes(new TarBytes().symbolicLink("a", "etc/passwd").hardLink("b", "a"));
    assertThat(((LinkNode) nodes.get("/b")).target()).isEqualTo(Name.of("etc/passwd"));
  }

  @Test
  void hard_links_count_as_files() throws Exception {
    try (BuiltTree tree =
        builds.build(new TarBytes().file("a", "four").hardLink("b", "a").gzip())) {
      assertThat(Builds.counts(tree)).isEqualTo(new Counts(2, 0, 0, 0, 8));
    }
  }

  @Test
  void links_have_mode_0777_and_targets_as_they_are() throws Exception {
    LinkNode link =
        (LinkNode) nodes(new TarBytes().symbolicLink("l", "../../\351 //etc")).get("/l");
    assertThat(link.permissions().mode()).isEqualTo(0777);
    assertThat(link.target().bytes())
        .isEqualTo("../../\351 //etc".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void devices_and_fifos_keep_their_kind_and_numbers() throws Exception {
    Map<String, Node> nodes =
        nodes(
            new TarBytes()
                .entry(new Header("null").type('3').device(1, 3))
                .entry(new Header("loop7").type('4').device(7, 7))
                .entry(new Header("pipe").type('6').device(9, 9)));
    assertThat(nodes.values())
        .extracting(node -> ((SpecialNode) node).type() + " " + ((SpecialNode) node).data())
        .containsExactly("BLOCK 7,7", "CHARACTER 1,3", "FIFO (nothing)");
  }

  @Test
  void owners_go_by_name_and_by_number_without_one() throws Exception {
    Map<String, Node> nodes =
        nodes(
            new TarBytes()
                .entry(new Header("a").owner(1000, 2000).names("alice", ""))
                .entry(new Header("b").binary(108, 8, 4_000_000_000L).names("", "wheel")));
    assertThat(nodes.get("/a").permissions())
        .isEqualTo(new Permissions(Name.of("alice"), Name.of("2000"), 0644, 1000, 2000));
    assertThat(nodes.get("/b").permissions().user()).isEqualTo(Name.of("4000000000"));
    assertThat(nodes.get("/b").permissions().uid()).isEqualTo(4_000_000_000L);
  }

  @Test
  void special_bits_stay_and_file_type_bits_go() throws Exception {
    Map<String, Node> nodes =
        nodes(
            new TarBytes()
                .entry(new Header("a").mode(06755))
                .entry(new Header("b").mode(0101644))
                .entry(new Header("c").type('5').mode(01777)));
    assertThat(nodes.values())
        .extracting(node -> node.permissions().mode())
        .containsExactly(06755, 01644, 01777);
  }

  @Test
  void times_are_whole_seconds_that_fit() throws Exception {
    Map<String, Node> nodes =
        nodes(
            new TarBytes()
                .pax("mtime=12.999")
                .file("fraction", "")
                .pax("mtime=-0.5")
                .file("negative", "")
                .entry(new Header("base256").binary(136, 12, -3))
                .entry(new Header("far").binary(136, 12, 1L << 40))
                .entry(new Header("last").binary(136, 12, 0xFFFF_FFFFL)));
    assertThat(nodes.get("/fraction").modified()).isEqualTo(12);
    assertThat(nodes.get("/fraction").created()).isEqualTo(12);
    assertThat(nodes.get("/negative").modified()).isZero();
    assertThat(nodes.get("/base256").modified()).isZero();
    assertThat(nodes.get("/far").modified()).isEqualTo(0xFFFF_FFFFL);
    assertThat(nodes.get("/last").modified()).isEqualTo(0xFFFF_FFFFL);
  }

  @Test
  void names_that_are_not_utf8_stay_bytes() throws Exception {
    Map<String, Node> nodes = nodes(new TarBytes().file("latin-\351", "x"));
    assertThat(nodes.values().iterator().next().name().bytes())
        .isEqualTo(new byte[] {'l', 'a', 't', 'i', 'n', '-', (byte) 0xE9});
  }

  @Test
  void an_archive_without_entries_is_an_empty_flist() throws Exception {
    assertThat(nodes(new TarBytes())).isEmpty();
  }

  @Test
  void the_same_archive_gives_the_same_tree() throws Exception {
    byte[] archive =
        new TarBytes().file("b/x", "1").file("a", "2").hardLink("c", "a").directory("d").gzip();
    try (BuiltTree first = builds.build(archive);
        BuiltTree second = builds.build(archive)) {
      assertThat(Builds.nodes(first).toString()).isEqualTo(Builds.nodes(second).toString());
    }
  }

  @Test
  void a_repeated_upload_hashes_and_asks_but_encodes_and_stores_nothing() throws Exception {
    byte[] archive = new TarBytes().file("a", "one").file("b", "two").file("c", "one").gzip();
    builds.build(archive).close();
    int put = builds.store.put.get();
    int learnt = builds.store.learnt.get();
    assertThat(put).isEqualTo(2);
    builds.build(archive).close();
    assertThat(builds.store.put).hasValue(put);
    assertThat(builds.store.learnt).as("only what was encoded is learnt").hasValue(learnt);
    assertThat(builds.store.questions.get()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_known_chunk_that_the_store_lost_is_stored_again() throws Exception {
    byte[] archive = new TarBytes().file("a", "one").gzip();
    builds.build(archive).close();
    builds.store.chunks.clear();
    try (BuiltTree tree = builds.build(archive)) {
      assertThat(builds.content(Builds.nodes(tree).get("/a"))).asString().isEqualTo("one");
      Builds.assertStored(tree, builds.store);
    }
  }
}
