package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.RecordedExchange.json;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.RunningHub;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistWriter;

/** Flists that other tools made are published by the built hub, once their chunks are there. */
class FlistUploadIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));

  @TempDir Path work;

  @BeforeAll
  static void store_the_chunk_of_the_samples() throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    byte[] content = "good flist file\n".getBytes(US_ASCII);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(archive))) {
      TarArchiveEntry entry = new TarArchiveEntry("good.txt");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    HttpResponse<String> stored = CLIENT.upload("chunk-of-samples.tar.gz", archive.toByteArray());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "good-nobackend", "good-uncompressed-tar", "good-xz"})
  void a_flist_is_published_with_the_backend_of_this_hub(String name) throws Exception {
    HttpResponse<String> answer = upload(name + ".flist", sample(name + ".flist"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"success\",\"payload\":{\"name\":\""
                + name
                + ".flist\",\"files\":{\"success\":true,\"error\":null,\"response\":{\"content\":["
                + "{\"size\":16,\"path\":\"/good.txt\"},{\"size\":8,\"path\":\"/ln\"}],"
                + "\"regular\":1,\"symlink\":1,\"directory\":0,\"special\":0,\"failure\":0,"
                + "\"fullsize\":16},\"status\":0}}}\n");
    byte[] published = CLIENT.download("/Administrator/" + name + ".flist").body();
    try (FlistClient flist = new FlistClient(published)) {
      assertThat(flist.entries()).containsOnlyKeys("/good.txt", "/ln");
      assertThat(((JsonObject) json(flist.metadata().get("backend"))).getInt("port"))
          .isEqualTo(HUB.gatewayPort());
    }
  }

  @Test
  void fields_of_metadata_are_ignored_and_the_header_names_the_flist() throws Exception {
    HttpResponse<String> answer =
        CLIENT.post(
            "/api/flist/me/upload-flist",
            new Uploader.Form()
                .field("metadata-foo", "bar")
                .file("file", "good.flist", sample("good.flist"))
                .field("metadata-" + "k".repeat(100), "too long for an archive")
                .header("X-Original-Name", "named-by-header"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    byte[] published = CLIENT.download("/Administrator/named-by-header.flist").body();
    try (FlistClient flist = new FlistClient(published)) {
      assertThat(flist.metadata()).doesNotContainKey("foo");
    }
  }

  @Test
  void other_metadata_is_kept_and_a_link_of_the_name_is_replaced() throws Exception {
    byte[] flist = withMetadata(Map.of("author", "somebody", "entrypoint", "[\"/sbin/init\"]"));
    Path users = HUB.dataDirectory().resolve("public/users");
    Files.createDirectories(users.resolve("placed-by-hand"));
    Path theirs = users.resolve("placed-by-hand/theirs.flist");
    Files.write(theirs, flist);
    Files.createSymbolicLink(
        users.resolve("Administrator/linked.flist"), Path.of("../placed-by-hand/theirs.flist"));

    assertThat(upload("linked.flist", flist).statusCode()).isEqualTo(200);

    assertThat(Files.readAllBytes(theirs)).isEqualTo(flist);
    assertThat(metadata("Administrator/linked")).isEqualTo(metadata("placed-by-hand/theirs"));
  }

  private byte[] withMetadata(Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FlistWriter writer = new FlistWriter(work)) {
      writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, List.of());
      metadata.forEach(writer::metadata);
      writer.metadata("backend", "{\"host\":\"elsewhere.example\",\"port\":1}");
      writer.writeTo(out);
    }
    return out.toByteArray();
  }

  private static Map<String, JsonValue> metadata(String flist) throws IOException {
    HttpResponse<String> answer = CLIENT.get("/api/flist/" + flist + "/metadata");
    Map<String, JsonValue> metadata = new TreeMap<>((JsonObject) json(answer.body()));
    metadata.remove("backend");
    assertThat(metadata).isNotEmpty();
    return metadata;
  }

  @Test
  void a_file_that_lost_its_tail_is_published_as_it_is_with_a_warning() throws Exception {
    byte[] plain = new byte[524_288];
    ChunkCodec codec = new ChunkCodec();
    byte[] stored = new byte[ChunkCodec.maxStoredLength(plain.length)];
    ChunkKey key = codec.keyOf(plain, 0, plain.length);
    int length = codec.encode(plain, 0, plain.length, key, stored, 0);
    ChunkId id = codec.idOf(stored, 0, length);
    CLIENT.put("/api/chunks/" + id, Arrays.copyOf(stored, length));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FlistWriter writer = new FlistWriter(work, TruncatedFiles.SHOWN)) {
      writer.directory(
          FlistPath.ROOT,
          DirectoryNode.ROOT,
          List.of(
              new FileNode(
                  Name.of("long"),
                  DirectoryNode.ROOT.permissions(),
                  1,
                  1,
                  524_289,
                  List.of(new Block(id, key)))));
      writer.writeTo(out);
    }
    String warning = "\"warnings\":[\"\\\"/long\\\" has 1 block for 524289 bytes: ";

    HttpResponse<String> answer = upload("lost-tail.flist", out.toByteArray());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(warning);
    HttpResponse<String> merged =
        CLIENT.postText("/api/flist/me/merge/lost-too", "[\"Administrator/lost-tail\"]");
    assertThat(merged.statusCode()).as(merged.body()).isEqualTo(200);
    assertThat(merged.body()).contains(warning);
    assertThat(CLIENT.get("/api/flist/me/lost-too").body())
        .isEqualTo(CLIENT.get("/api/flist/me/lost-tail").body())
        .contains("{\"size\":524289,\"path\":\"/long\"}");
  }

  @Test
  void a_flist_called_like_the_address_of_uploads_can_be_read() throws IOException {
    assertThat(CLIENT.get("/api/flist/me/upload-flist").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> upload(String name, byte[] flist) throws IOException {
    return CLIENT.post("/api/flist/me/upload-flist", new Uploader.Form().file("file", name, flist));
  }

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(SAMPLES.resolve(name));
  }
}
