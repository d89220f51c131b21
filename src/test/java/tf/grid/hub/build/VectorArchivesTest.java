package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;

/** Archives of which it is recorded what the C tool makes of them. */
class VectorArchivesTest {
  private final Builds builds = new Builds();

  @AfterEach
  void close() {
    builds.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sample-small", "sample-empty", "sample-readme2", "merge-a", "merge-b", "merge-c"})
  void a_sample_becomes_what_is_recorded(String sample) throws Exception {
    try (BuiltTree tree = builds.build(resource(sample + ".tar.gz"))) {
      assertThat(described(tree)).isEqualTo(recorded(sample));
    }
  }

  @Test
  void the_full_sample_becomes_what_is_recorded() throws Exception {
    try (BuiltTree tree = builds.build(resource("sample-full.tar.gz"))) {
      assertThat(described(tree)).containsKey("/new\nline").isEqualTo(recorded("sample-full"));
      assertThat(Builds.counts(tree).regular()).isEqualTo(28);
      assertThat(Builds.counts(tree).symlink()).isEqualTo(4);
      assertThat(Builds.counts(tree).directory()).isEqualTo(5);
      assertThat(Builds.counts(tree).special()).isEqualTo(3);
      assertThat(Builds.counts(tree).fullsize()).isEqualTo(3_322_651);
      assertThat(tree.readme()).isPresent();
      assertThat(tree.warnings()).isEmpty();
    }
  }

  @Test
  void owners_without_a_name_in_the_archive_go_by_number() throws Exception {
    try (BuiltTree tree = builds.build(resource("sample-full.tar.gz"))) {
      Map<String, Node> nodes = Builds.nodes(tree);
      assertThat(nodes.get("/odd-owner").permissions().user()).isEqualTo(Name.of("12345"));
      assertThat(nodes.get("/daemon-owned").permissions().user()).isEqualTo(Name.of("1"));
    }
  }

  @Test
  void the_readme_of_the_sample_is_found() throws Exception {
    try (BuiltTree tree = builds.build(resource("sample-readme2.tar.gz"))) {
      assertThat(tree.readme().orElseThrow()).hasSize(24);
    }
  }

  @Test
  void a_name_that_is_not_utf8_is_kept_as_bytes() throws Exception {
    try (BuiltTree tree = builds.build(resource("sample-badutf8.tar.gz"))) {
      List<Name> names = Builds.nodes(tree).values().stream().map(Node::name).sorted().toList();
      assertThat(names).hasSize(3);
      assertThat(names.get(0).bytes())
          .isEqualTo(
              new byte[] {'l', 'a', 't', 'i', 'n', '1', '-', (byte) 0xE9, '.', 't', 'x', 't'});
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "not-a-targz"})
  void broken_samples_are_refused(String sample) throws Exception {
    byte[] archive = resource(sample + ".tar.gz");
    assertThatThrownBy(() -> builds.build(archive)).isInstanceOf(ArchiveException.class);
  }

  private static Map<String, String> described(BuiltTree tree) {
    Map<String, String> described = new TreeMap<>();
    Builds.nodes(tree)
        .forEach(
            (path, node) -> {
              String what = "";
              if (node instanceof FileNode file) {
                what =
                    file.blocks().stream()
                        .map(block -> block.id() + " " + block.key())
                        .toList()
                        .toString();
              } else if (node instanceof LinkNode link) {
                what = "-> " + link.target();
              }
              described.put(
                  path,
                  line(
                      node.size(),
                      node.permissions().mode(),
                      node.permissions().uid(),
                      node.permissions().gid(),
                      node.modified(),
                      what));
            });
    return described;
  }

  private static Map<String, String> recorded(String sample) throws IOException {
    Map<String, String> recorded = new TreeMap<>();
    try (JsonReader reader =
        Json.createReader(new ByteArrayInputStream(resource(sample + ".stat.json")))) {
      JsonValue all = reader.readValue();
      if (all instanceof JsonObject entries) {
        entries.forEach(
            (path, entry) ->
                recorded.put(path, recorded(entry.asJsonObject().getJsonObject("response"))));
      }
    }
    return recorded;
  }

  private static String recorded(JsonObject entry) {
    boolean isLink = entry.containsKey("linkto");
    boolean isOther = entry.getInt("size") == 4096 || entry.containsKey("device");
    String what = isLink ? "-> " + entry.getString("linkto") : isOther ? "" : chunks(entry);
    return line(
        entry.getInt("size"),
        entry.getInt("mode"),
        entry.getInt("uid"),
        entry.getInt("gid"),
        entry.getInt("modified"),
        what);
  }

  private static String chunks(JsonObject entry) {
    return entry.getJsonArray("chunks").getValuesAs(JsonObject.class).stream()
        .map(chunk -> chunk.getString("key") + " " + chunk.getString("decipher"))
        .toList()
        .toString();
  }

  private static String line(long size, int mode, long uid, long gid, long time, String what) {
    return size
        + " 0"
        + Integer.toOctalString(mode)
        + " "
        + uid
        + ":"
        + gid
        + " "
        + time
        + " "
        + what;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = VectorArchivesTest.class.getResourceAsStream("/archives/" + name)) {
      return in.readAllBytes();
    }
  }
}
