package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;

/** Archives as old and odd writers make them, with what GNU tar and bsdtar unpack from each. */
class FieldArchivesTest {
  private final Builds builds = new Builds();

  @AfterEach
  void close() {
    builds.close();
  }

  static Stream<Arguments> archives() {
    return Stream.of(
        Arguments.of("v7-directory-size", tenFiles(), ""),
        Arguments.of("device-number-junk", Map.of("/f", "x"), ""),
        Arguments.of("empty-name-directory", Map.of("/init", "x"), ""),
        Arguments.of("garbage-in-last-record", Map.of("/a", "A"), "8192 bytes behind the end mark"),
        Arguments.of("no-end-mark", Map.of("/linux", "(dir)", "/linux/Makefile", "all:"), ""),
        Arguments.of(
            "pax-hardlink-with-body", Map.of("/t", "target", "/l", "target", "/z", "z"), ""),
        Arguments.of("pax-size-leading-zeros", Map.of("/a", "12345", "/b", "bb"), ""),
        Arguments.of("sjis-kankyou", Map.of("/\\x8a\\xc2\\x8b\\xab.txt", "x"), ""),
        Arguments.of("solaris-acl-A", Map.of("/file", "content"), "Solaris ACL"));
  }

  private static Map<String, String> tenFiles() {
    Map<String, String> files =
        IntStream.range(0, 10).boxed().collect(Collectors.toMap(i -> "/d1/f" + i, i -> "x" + i));
    files.put("/d1", "(dir)");
    return files;
  }

  @ParameterizedTest
  @MethodSource("archives")
  void an_archive_becomes_what_other_tools_unpack(
      String archive, Map<String, String> expected, String warning) throws Exception {
    try (BuiltTree tree = builds.build(resource(archive + ".tar.gz"))) {
      assertThat(described(tree)).isEqualTo(new TreeMap<>(expected));
      if (warning.isEmpty()) {
        assertThat(tree.warnings()).isEmpty();
      } else {
        assertThat(tree.warnings()).singleElement().asString().contains(warning);
      }
    }
  }

  private Map<String, String> described(BuiltTree tree) {
    Map<String, String> described = new TreeMap<>();
    Builds.nodes(tree).forEach((path, node) -> described.put(path(path, node), content(node)));
    return described;
  }

  private static String path(String path, Node node) {
    String parent = path.substring(0, path.length() - node.name().toString().length());
    return parent + node.name().printable();
  }

  private String content(Node node) {
    return node instanceof DirectoryNode
        ? "(dir)"
        : new String(builds.content(node), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = FieldArchivesTest.class.getResourceAsStream("/field/" + name)) {
      return in.readAllBytes();
    }
  }
}
