package tf.grid.hub.flist.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;

class FlistVectorsTest {

  @TempDir Path work;

  @ParameterizedTest
  @MethodSource("tf.grid.hub.flist.file.FlistVectors#names")
  void a_walk_finds_what_the_c_tool_lists_in_its_order(String name) throws IOException {
    List<String> expected = new ArrayList<>();
    JsonObject response = FlistVectors.json(name + ".find").getJsonObject("response");
    for (JsonObject entry : response.getJsonArray("content").getValuesAs(JsonObject.class)) {
      expected.add(entry.getString("path") + " " + entry.getInt("size"));
    }
    List<String> found = new ArrayList<>();
    try (FlistReader reader = FlistVectors.open(FlistVectors.flist(name), work)) {
      reader.walk((path, node) -> found.add("/" + path + " " + node.size()));
    }
    if (name.equals("merged-ab")) {
      // Merges by the C tool append what is new; we put it where it belongs.
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("tf.grid.hub.flist.file.FlistVectors#names")
  void counts_are_those_of_the_c_tool_s_walk(String name) throws IOException {
    JsonObject response = FlistVectors.json(name + ".find").getJsonObject("response");
    try (FlistReader reader = FlistVectors.open(FlistVectors.flist(name), work)) {
      assertThat(reader.counts())
          .isEqualTo(
              new Counts(
                  response.getInt("regular"),
                  response.getInt("symlink"),
                  response.getInt("directory"),
                  response.getInt("special"),
                  response.getInt("fullsize")));
    }
  }

  @ParameterizedTest
  @MethodSource("tf.grid.hub.flist.file.FlistVectors#names")
  void every_entry_has_the_details_that_the_c_tool_tells(String name) throws IOException {
    List<String> clashes = new ArrayList<>();
    JsonObject details = FlistVectors.json(name + ".stat");
    try (FlistReader reader = FlistVectors.open(FlistVectors.flist(name), work)) {
      reader.walk(
          (path, node) -> {
            JsonObject stat = details.getJsonObject("/" + path).getJsonObject("response");
            if (node.size() != stat.getInt("size")) {
              clashes.add(path.toString());
              return;
            }
            Permissions owner = node.permissions();
            assertThat(owner.mode()).isEqualTo(stat.getInt("mode") & 07777);
            assertThat(owner.user()).hasToString(stat.getString("user"));
            assertThat(owner.group()).hasToString(stat.getString("group"));
            assertThat(owner.uid()).isEqualTo(number(stat, "uid"));
            assertThat(owner.gid()).isEqualTo(number(stat, "gid"));
            assertThat(node.created()).isEqualTo(number(stat, "created"));
            assertThat(node.modified()).isEqualTo(number(stat, "modified"));
            assertThat(blocks(node)).isEqualTo(blocks(stat));
          });
    }
    // The C tool's merge left a directory and a file of one name, and tells of one of them.
    assertThat(clashes).isEqualTo(name.equals("merged-ab") ? List.of("other") : List.of());
  }

  private static long number(JsonObject object, String name) {
    return ((JsonNumber) object.get(name)).longValue();
  }

  private static List<String> blocks(Node node) {
    List<Block> blocks = node instanceof FileNode file ? file.blocks() : List.of();
    return blocks.stream().map(block -> block.id() + " " + block.key()).toList();
  }

  private static List<String> blocks(JsonObject stat) {
    return stat.getJsonArray("chunks").getValuesAs(JsonObject.class).stream()
        .map(chunk -> chunk.getString("key") + " " + chunk.getString("decipher"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("tf.grid.hub.flist.file.FlistVectors#names")
  void metadata_is_what_the_database_holds(String name) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (JsonValue row : FlistVectors.json(name + ".sqlite").getJsonArray("metadata")) {
      JsonString hex = row.asJsonObject().getJsonString("value_hex");
      byte[] value = HexFormat.of().parseHex(hex.getString());
      expected.put(row.asJsonObject().getString("key"), new String(value, StandardCharsets.UTF_8));
    }
    try (FlistReader reader = FlistVectors.open(FlistVectors.flist(name), work)) {
      assertThat(reader.metadata()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("tf.grid.hub.flist.file.FlistVectors#names")
  void what_was_read_is_read_again_after_writing_it(String name) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<DirectoryListing> before;
    Map<String, String> metadata;
    try (FlistReader reader = FlistVectors.open(FlistVectors.flist(name), work);
        FlistWriter writer = new FlistWriter(work)) {
      before = FlistVectors.directories(reader);
      metadata = reader.metadata();
      reader.directories(l -> writer.directory(l.path(), l.self(), l.contents()));
      metadata.forEach(writer::metadata);
      writer.writeTo(out);
    }
    try (FlistReader reader = FlistVectors.open(out.toByteArray(), work)) {
      assertThat(FlistVectors.directories(reader)).isEqualTo(before);
      assertThat(reader.metadata()).isEqualTo(metadata);
    }
    assertThat(work).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good.flist",
        "good-nobackend.flist",
        "good-uncompressed-tar.flist",
        "good-xz.flist",
        "missing-chunks.flist"
      })
  void a_sample_is_read_whatever_its_archive_looks_like(String name) throws IOException {
    Path file = Files.write(work.resolve(name), FlistVectors.sample(name));
    try (FlistReader reader = FlistReader.open(file, work, FlistLimits.DEFAULT)) {
      assertThat(reader.counts().regular()).isPositive();
      assertThat(reader.metadata().containsKey("backend")).isEqualTo(!name.contains("nobackend"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corrupt-baddb.flist",
        "corrupt-garbage.flist",
        "corrupt-nodb.flist",
        "corrupt-truncated.flist"
      })
  void a_broken_sample_is_refused(String name) {
    assertThat(catchThrowable(() -> FlistVectors.open(FlistVectors.sample(name), work).close()))
        .isInstanceOf(FlistRejectedException.class);
    assertThat(work).isEmptyDirectory();
  }
}
