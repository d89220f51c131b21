package tf.grid.hub.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarBytes.Header;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;

/** What old and odd writers leave open; the values are those of GNU tar and bsdtar. */
class OddArchivesTest {
  private final Builds builds = new Builds();
  private List<String> warnings = List.of();

  @AfterEach
  void close() {
    builds.close();
  }

  private static Header v7(String path) {
    return new Header(path).field(257, 8, "").type('\0');
  }

  private static Header gnu(String path) {
    return new Header(path).text(257, "ustar  \0");
  }

  /** Every path with its content; the warnings are kept. */
  private List<String> entries(TarBytes archive) throws Exception {
    return entries(archive.gzip());
  }

  private List<String> entries(byte[] packed) throws Exception {
    try (BuiltTree tree = builds.build(packed)) {
      warnings = tree.warnings();
      List<String> entries = new ArrayList<>();
      Builds.nodes(tree).forEach((path, node) -> entries.add(path + described(node)));
      return entries;
    }
  }

  private String described(Node node) {
    if (node instanceof FileNode) {
      return "=" + new String(builds.content(node), UTF_8);
    }
    return node instanceof DirectoryNode ? "/" : node instanceof LinkNode ? "@" : "|";
  }

  private Node single(TarBytes archive) throws Exception {
    try (BuiltTree tree = builds.build(archive.gzip())) {
      warnings = tree.warnings();
      return Builds.nodes(tree).values().iterator().next();
    }
  }

  @Test
  void a_size_of_something_without_content_is_ignored() throws Exception {
    for (Header directory :
        List.of(
            v7("d/"),
            new Header("d/"),
            new Header("d/").type('7'),
            gnu("d/"),
            new Header("d/").type('5'))) {
      assertThat(entries(new TarBytes().entry(directory.size(4096)).file("d/a", "A")))
          .containsExactly("/d/", "/d/a=A");
    }
    assertThat(
            entries(
                new TarBytes()
                    .pax("size=512")
                    .entry(new Header("d/"))
                    .entry(new Header("l").type('2').target("x").size(4096))
                    .entry(new Header("p").type('6').size(4096))
                    .entry(new Header("c").type('3').size(4096))
                    .file("d/a", "A")))
        .containsExactly("/c|", "/d/", "/d/a=A", "/l@", "/p|");
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_body_that_follows_a_directory_is_passed_over() throws Exception {
    byte[] body = "BODY".getBytes(UTF_8);
    for (Header directory : List.of(v7("d/").size(4), gnu("d/").type('D').size(4))) {
      assertThat(entries(new TarBytes().entry(directory, body).file("d/a", "A")))
          .containsExactly("/d/", "/d/a=A");
    }
  }

  private static Header hardLink(long size) {
    return new Header("l").type('1').target("t").size(size);
  }

  @Test
  void a_hard_link_may_have_a_size_or_a_body() throws Exception {
    String[] all = {"/a=A", "/l=TT", "/t=TT"};
    byte[] body = "TT".getBytes(UTF_8);
    TarBytes[] archives = {
      new TarBytes().file("t", "TT").entry(hardLink(2)).file("a", "A"),
      new TarBytes().file("t", "TT").entry(hardLink(2), body).file("a", "A"),
      new TarBytes().file("t", "TT").pax("mtime=1.5").entry(hardLink(2)).file("a", "A"),
      new TarBytes().file("t", "TT").pax("mtime=1.5").entry(hardLink(2), body).file("a", "A"),
      new TarBytes().file("t", "TT").pax("size=2").entry(hardLink(0), body).file("a", "A"),
      new TarBytes().file("a", "A").file("t", "TT").entry(hardLink(2)),
      new TarBytes().file("a", "A").file("t", "TT").entry(hardLink(2), body),
      new TarBytes().file("t", "TT").entry(hardLink(2).text(257, "ustar  \0")).file("a", "A"),
    };
    for (TarBytes archive : archives) {
      assertThat(entries(archive)).containsExactly(all);
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void the_body_of_a_hard_link_is_its_content_where_the_target_is_not_in_the_archive()
      throws Exception {
    assertThat(entries(new TarBytes().entry(hardLink(2), "TT".getBytes(UTF_8))))
        .containsExactly("/l=TT");
  }

  @Test
  void the_body_of_a_hard_link_may_be_an_archive() throws Exception {
    byte[] inner = new TarBytes().file("inner", "I").tar();
    TarBytes outer = new TarBytes().file("t", inner).pax("mtime=1.5");
    try (BuiltTree tree =
        builds.build(outer.entry(hardLink(inner.length), inner).file("a", "A").gzip())) {
      Map<String, Node> nodes = Builds.nodes(tree);
      assertThat(nodes).containsOnlyKeys("/a", "/l", "/t");
      assertThat(builds.content(nodes.get("/l"))).isEqualTo(inner);
    }
  }

  @Test
  void a_prefix_in_a_gnu_header_is_ignored_with_a_warning() throws Exception {
    TarBytes archive = new TarBytes().entry(gnu("f").text(345, "opt/usr").size(1), (byte) 'x');
    assertThat(entries(archive)).containsExactly("/f=x");
    assertThat(warnings).singleElement().asString().contains("prefix").contains("'f', at byte 0");
    TarBytes times = new TarBytes().entry(gnu("f").octal(345, 11, 77).octal(357, 11, 78));
    assertThat(entries(times)).containsExactly("/f=");
    assertThat(warnings).isEmpty();
  }

  @Test
  void fields_that_nobody_uses_may_hold_anything() throws Exception {
    TarBytes archive =
        new TarBytes()
            .entry(new Header("f").text(329, "\1\2\3").text(337, "zz!!").size(1), (byte) 'x')
            .entry(new Header("d/").type('5').text(329, "zz"))
            .entry(new Header("l").type('2').target("f").text(100, "zz").text(124, "zz"))
            .entry(new Header("h").type('1').target("f").text(100, "zz").text(108, "zz"))
            .pax("uid=7", "gid=8", "size=1", "mtime=9")
            .entry(
                new Header("p").text(108, "zz").text(116, "zz").text(124, "zz").text(136, "zz"),
                (byte) 'p');
    assertThat(entries(archive)).containsExactly("/d/", "/f=x", "/h=x", "/l@", "/p=p");
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"000000000000000000000000000000000005", "5", " 5 ", "05", "5\0"})
  void numbers_have_leading_zeros_and_blanks(String size) throws Exception {
    assertThat(
            entries(
                new TarBytes()
                    .pax("size=" + size)
                    .entry(new Header("a"), "12345".getBytes(UTF_8))
                    .file("b", "bb")))
        .containsExactly("/a=12345", "/b=bb");
  }

  /**
   * The first field stands where the one before it overflowed by its NUL; the last is no number.
   */
  @Test
  void numbers_of_headers_have_other_characters_around_them() throws Exception {
    TarBytes archive =
        new TarBytes()
            .entry(new Header("a").text(108, "\000000007").text(124, "\t1\n"), (byte) 'x')
            .entry(new Header("b").text(108, "\0\000007").text(124, "1\0junk"), (byte) 'y');
    try (BuiltTree tree = builds.build(archive.gzip())) {
      Map<String, Node> nodes = Builds.nodes(tree);
      assertThat(nodes.get("/a").permissions().uid()).isEqualTo(7);
      assertThat(nodes.get("/b").permissions().uid()).isZero();
    }
    assertThat(entries(archive)).containsExactly("/a=x", "/b=y");
  }

  @Test
  void numbers_of_headers_have_blanks_or_are_binary() throws Exception {
    TarBytes archive =
        new TarBytes()
            .entry(new Header("a").text(124, "          1 ").text(108, "        "), (byte) 'x')
            .entry(new Header("b").binary(124, 12, 1).text(116, "   12 \0 "), (byte) 'y');
    assertThat(entries(archive)).containsExactly("/a=x", "/b=y");
  }

  @Test
  void a_negative_owner_is_nobody() throws Exception {
    TarBytes[] archives = {
      new TarBytes().entry(new Header("f").binary(108, 8, -1).binary(116, 8, -2)),
      new TarBytes().pax("uid=-1", "gid=-1").file("f", ""),
    };
    for (TarBytes archive : archives) {
      Node file = single(archive);
      assertThat(file.permissions().uid()).isEqualTo(65_534);
      assertThat(file.permissions().gid()).isEqualTo(65_534);
      assertThat(file.permissions().user()).isEqualTo(Name.of("root"));
      assertThat(warnings).hasSize(2).allMatch(text -> text.contains("65534 (nobody)"));
    }
  }

  @Test
  void entries_that_are_replaced_together_with_their_directory_are_told_of() throws Exception {
    byte[] tar = new TarBytes().file("t", "T").directory("d/").file("d/f", "lost").unfinished();
    TarBytes[] archives = {
      new TarBytes().raw(tar).file("d", "x"),
      new TarBytes().raw(tar).symbolicLink("d", "t"),
      new TarBytes().raw(tar).hardLink("d", "t"),
    };
    for (TarBytes archive : archives) {
      assertThat(entries(archive)).hasSize(2).noneMatch(entry -> entry.startsWith("/d/"));
      assertThat(warnings).singleElement().asString().contains("everything in it").contains("'d'");
    }
    assertThat(entries(new TarBytes().directory("d/").file("d", "x"))).containsExactly("/d=x");
    assertThat(warnings).as("an empty directory").isEmpty();
  }

  /** What the system takes for "leave the owner alone" when tar passes it on. */
  @Test
  void the_largest_owner_of_32_bits_is_nobody_too() throws Exception {
    TarBytes[] archives = {
      new TarBytes().entry(new Header("f").binary(108, 8, 0xFFFF_FFFFL)),
      new TarBytes().pax("uid=4294967295").file("f", ""),
    };
    for (TarBytes archive : archives) {
      assertThat(single(archive).permissions().uid()).isEqualTo(65_534);
      assertThat(warnings).singleElement().asString().contains("uid 4294967295 stands for -1");
    }
    assertThat(single(new TarBytes().pax("uid=4294967294").file("f", "")).permissions().uid())
        .isEqualTo(4_294_967_294L);
  }

  @Test
  void a_time_that_is_no_number_of_seconds_is_no_reason_to_refuse() throws Exception {
    Map<String, Long> times =
        Map.of("1.7e9", 1L, "abc", 1_600_000_000L, ".5", 1_600_000_000L, "-", 1_600_000_000L);
    for (Map.Entry<String, Long> time : times.entrySet()) {
      Node file = single(new TarBytes().pax("mtime=" + time.getKey()).file("f", ""));
      assertThat(file.modified()).as(time.getKey()).isEqualTo(time.getValue());
      assertThat(warnings).singleElement().asString().contains("'" + time.getKey() + "'");
    }
    assertThat(single(new TarBytes().pax("mtime=5.").file("f", "")).modified()).isEqualTo(5);
    assertThat(warnings).isEmpty();
    String late = "9".repeat(40);
    assertThat(single(new TarBytes().pax("mtime=" + late).file("f", "")).modified())
        .isEqualTo(0xFFFF_FFFFL);
    assertThat(single(new TarBytes().pax("atime=junk").file("f", "")).modified())
        .isEqualTo(1_600_000_000L);
  }

  /** The same character in encodings of East Asia; 0x8A and 0xC2 0x8B look like controls. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u008a\u00c2\u008b\u00ab.txt",
        "\u00b7\u00c2\u0081@",
        "\u00b4\u00c4\u00b6\u00ad",
        "\u00c2\u0085",
        "\u001b$B4D6-\u001b(B"
      })
  void names_in_any_encoding_are_their_bytes(String latin) throws Exception {
    byte[] bytes = latin.getBytes(ISO_8859_1);
    TarBytes archive = new TarBytes().entry(new Header(latin).names(latin, ""));
    Node node = single(archive);
    assertThat(node.name()).isEqualTo(Name.of(bytes));
    assertThat(node.permissions().user()).isEqualTo(Name.of(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "./", "/", "//"})
  void a_directory_without_a_name_is_the_root(String path) throws Exception {
    assertThat(entries(new TarBytes().directory(path).file("a", "A"))).containsExactly("/a=A");
  }

  @Test
  void a_packed_archive_may_end_in_many_ways() throws Exception {
    byte[] entry = new TarBytes().file("a", "A").unfinished();
    for (int zeros : new int[] {0, 100, 512, 700, 1024, 1300, 10_000}) {
      assertThat(entries(TarBytes.gzip(concat(entry, new byte[zeros])))).containsExactly("/a=A");
      assertThat(warnings).isEmpty();
    }
    byte[] junk = "junk".getBytes(UTF_8);
    for (int zeros : new int[] {512, 1024, 70_000}) {
      byte[] packed = TarBytes.gzip(concat(entry, new byte[zeros], junk, new byte[1000]));
      assertThat(entries(packed)).containsExactly("/a=A");
      int from = entry.length + zeros;
      assertThat(warnings)
          .containsExactly(
              "1004 bytes behind the end mark of the archive were ignored, from byte "
                  + from
                  + " on");
    }
    byte[] two = TarBytes.gzip(concat(new TarBytes().file("a", "A").tar(), entry));
    assertThat(entries(two)).containsExactly("/a=A");
    assertThat(warnings).singleElement().asString().contains("1024 bytes behind the end mark");
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(chars = {'A', 'E', 'N', 'I', 'Z', 's', '8', '\u0003'})
  void an_unknown_type_is_a_regular_file(char type) throws Exception {
    TarBytes archive =
        new TarBytes().entry(new Header("z").type(type).size(2), "ZZ".getBytes(UTF_8));
    assertThat(entries(archive.file("a", "A"))).containsExactly("/a=A", "/z=ZZ");
    assertThat(warnings).singleElement().asString().contains("unknown type").contains("'z'");
  }

  /** Only GNU headers have a sparse map; both tars unpack others of the type as they are. */
  @Test
  void a_sparse_type_without_a_gnu_header_is_an_unknown_one() throws Exception {
    assertThat(entries(new TarBytes().entry(new Header("s").type('S').size(1), (byte) 'x')))
        .containsExactly("/s=x");
    assertThat(warnings).singleElement().asString().contains("unknown type 'S'");
  }

  @Test
  void metadata_of_solaris_is_left_out_with_a_warning() throws Exception {
    byte[] acl = "1000005\0user::rw-,mask::r--".getBytes(UTF_8);
    byte[] attribute = "1.0\0\0\0\0000000000050".getBytes(UTF_8);
    TarBytes archive =
        new TarBytes()
            .header('A', acl)
            .file("a", "A")
            .header('E', attribute)
            .file("/dev/null", "the attribute")
            .header('A', acl)
            .pax("path=long")
            .file("b", "B");
    assertThat(entries(archive)).containsExactly("/a=A", "/long=B");
    assertThat(warnings).hasSize(3).allMatch(text -> text.contains("Solaris"));
  }

  @Test
  void warnings_are_few_and_short() throws Exception {
    TarBytes archive = new TarBytes();
    for (int i = 0; i < 1000; i++) {
      archive.longName("n".repeat(200) + i).entry(new Header("x").type('Z'));
    }
    entries(archive);
    assertThat(warnings).hasSize(21).allMatch(text -> text.length() < 700);
    assertThat(warnings.get(20)).isEqualTo("and 980 more warnings");
  }
}
