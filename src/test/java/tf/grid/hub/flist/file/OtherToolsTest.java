package tf.grid.hub.flist.file;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.capnproto.BuilderArena;
import org.capnproto.MessageBuilder;
import org.capnproto.Serialize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.capnp.WireBuilder;
import tf.grid.hub.flist.codec.DirectoryDecoder;
import tf.grid.hub.flist.codec.DirectoryEncoder;
import tf.grid.hub.flist.codec.DirectorySchema;
import tf.grid.hub.flist.codec.PermissionsCodec;

/**
 * What the format's own tools make of our files, and we of theirs: the check that the offsets in
 * the accessors are those of {@code src/main/capnp/flist.capnp}.
 */
@NeedsPrograms({"capnp", "sqlite3"})
class OtherToolsTest {
  private static final String SCHEMA = "src/main/capnp/flist.capnp";

  @TempDir Path work;

  private byte[] run(byte[] input, String... command) throws IOException, InterruptedException {
    Path in = Files.write(work.resolve("in"), input);
    Path out = work.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllBytes(out);
  }

  private String text(byte[] input, String... command) throws IOException, InterruptedException {
    return new String(run(input, command), StandardCharsets.UTF_8).strip();
  }

  @ParameterizedTest
  @MethodSource("tf.grid.hub.flist.file.FlistVectors#names")
  void the_capnp_tool_decodes_our_values_to_what_it_decoded_theirs_to(String name)
      throws IOException, InterruptedException {
    List<DirectoryListing> listings;
    try (FlistReader reader = FlistVectors.open(FlistVectors.flist(name), work)) {
      listings = FlistVectors.directories(reader);
    }
    if (name.equals("merged-ab")) {
      // Its other directories are not in order.
      listings = listings.subList(1, 2);
    }
    for (DirectoryListing listing : listings) {
      byte[] ours =
          new DirectoryEncoder(PermissionsCodec::key, Integer.MAX_VALUE)
              .encode(listing.path(), listing.self(), listing.contents());
      assertThat(text(ours, "capnp", "decode", "--short", SCHEMA, "Dir"))
          .isEqualTo(recorded(name, listing.path().key()));
      Permissions owner = listing.self().permissions();
      assertThat(text(PermissionsCodec.encode(owner), "capnp", "decode", "--short", SCHEMA, "ACI"))
          .isEqualTo(recorded(name, PermissionsCodec.key(owner)));
    }
  }

  private static String recorded(String name, String key) {
    return FlistVectors.json(name + ".sqlite")
        .getJsonArray("entries")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(row -> row.getString("key").equals(key))
        .map(row -> row.getString("capnp_text"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_the_capnp_tool_encodes_is_read() throws IOException, InterruptedException {
    String dir =
        "(name = \"d\", location = \"d\", size = 4096, aclkey = \"k\", modificationTime = 1,"
            + " creationTime = 4294967295, contents = [(name = \"dev\", attributes = (special ="
            + " (type = block, data = \"8,1\")), aclkey = \"k\", modificationTime = 3,"
            + " creationTime = 4), (name = \"l\", size = 2, attributes = (link = (target ="
            + " \"..\")), aclkey = \"k\")])";
    byte[] encoded = run(Forge.bytes(dir), "capnp", "encode", SCHEMA, "Dir");
    Permissions owner = Permissions.ROOT_DIRECTORY;
    DirectoryListing read =
        new DirectoryDecoder(key -> owner, TruncatedFiles.REFUSED)
            .decode(FlistPath.of("d"), encoded);
    assertThat(read.self()).isEqualTo(new DirectoryNode(Name.of("d"), owner, 1, 4_294_967_295L));
    assertThat(read.contents())
        .containsExactly(
            new SpecialNode(Name.of("dev"), owner, 3, 4, SpecialNode.Type.BLOCK, "8,1"),
            new LinkNode(Name.of("l"), owner, 0, 0, Name.of("..")));

    String aci = "(uname = \"a\", gname = \"b\", mode = 33261)";
    assertThat(PermissionsCodec.decode(run(Forge.bytes(aci), "capnp", "encode", SCHEMA, "ACI")))
        .isEqualTo(new Permissions(Name.of("a"), Name.of("b"), 0755, -1, -1));
  }

  @Test
  void tar_and_sqlite_open_what_we_write() throws IOException, InterruptedException {
    byte[] flist;
    try (FlistReader reader = FlistVectors.open(FlistVectors.flist("sample-full"), work)) {
      flist = FlistVectors.write(work, FlistWriter.IN_MEMORY, FlistVectors.directories(reader));
    }
    assertThat(text(flist, "tar", "tzf", "-")).isEqualTo("flistdb.sqlite3");
    Path database = work.resolve("flistdb.sqlite3");
    Files.write(database, run(flist, "tar", "xzOf", "-"));
    String schema = "select sql from sqlite_schema where sql is not null order by name";
    assertThat(
            text(new byte[0], "sqlite3", database.toString(), "pragma integrity_check; " + schema))
        .isEqualTo("ok\n" + Forge.ENTRIES + "\n" + Forge.METADATA);
    String kinds =
        "select distinct length(key), typeof(key), typeof(value) from entries order by 1";
    assertThat(text(new byte[0], "sqlite3", database.toString(), kinds))
        .isEqualTo("16|text|blob\n32|text|blob");
    assertThat(text(new byte[0], "sqlite3", database.toString(), "pragma journal_mode"))
        .isEqualTo("delete");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 512})
  void messages_in_many_segments_are_read(int segmentWords) throws IOException {
    List<Node> files = new ArrayList<>();
    Permissions owner = Permissions.ROOT_DIRECTORY;
    MessageBuilder message =
        new MessageBuilder(segmentWords, BuilderArena.AllocationStrategy.FIXED_SIZE);
    WireBuilder dir = message.initRoot(DirectorySchema.DIR);
    var inodes = dir.list(DirectorySchema.DIR_CONTENTS, DirectorySchema.INODE, 2000);
    for (int i = 0; i < 2000; i++) {
      String name = "a-file-%04d".formatted(i);
      Forge.inode(name, DirectorySchema.IS_FILE, Forge.file(1, 128, 1, 16)).accept(inodes.get(i));
      var block = new Block(new ChunkId(0, 0), new ChunkKey(0, 0));
      files.add(new FileNode(Name.of(name), owner, 0, 0, 1, List.of(block)));
    }
    assertThat(message.getSegmentsForOutput().length).isGreaterThan(20);
    byte[] value = framed(message);
    assertThat(
            new DirectoryDecoder(key -> owner, TruncatedFiles.REFUSED)
                .decode(FlistPath.ROOT, value)
                .contents())
        .isEqualTo(files);
  }

  private static byte[] framed(MessageBuilder message) throws IOException {
    var bytes = new ByteArrayOutputStream();
    Serialize.write(Channels.newChannel(bytes), message);
    return bytes.toByteArray();
  }
}
