package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.RunningHub;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.client.SpecCodec;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.GeneratedTree;

/**
 * A client that cuts files itself: it asks what is missing, sends that, and then the flist. Broken
 * off in the middle, it goes on where it was. Its chunks are made as the format describes them.
 */
class ChunkClientIT {
  private static final int PIECE = 524_288;
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));

  @TempDir Path work;

  @Test
  void an_upload_that_was_broken_off_goes_on_where_it_was() throws Exception {
    byte[] content = new byte[3 * PIECE + 1000];
    new Random(System.nanoTime()).nextBytes(content);
    Map<String, byte[]> chunks = new LinkedHashMap<>();
    byte[] flist = cut(content, chunks);
    List<String> ids = new ArrayList<>(chunks.keySet());

    assertThat(missing(ids)).containsExactlyElementsOf(ids);
    assertThat(put(ids.get(0), chunks).statusCode()).isEqualTo(201);
    assertThat(put(ids.get(0), chunks).statusCode()).isEqualTo(200);
    assertThat(upload(flist).statusCode()).isEqualTo(500);
    for (String id : missing(ids)) {
      assertThat(put(id, chunks).statusCode()).isEqualTo(201);
    }
    assertThat(missing(ids)).isEmpty();
    assertThat(upload(flist).statusCode()).isEqualTo(200);

    assertThat(CLIENT.download("/api/chunks/" + ids.get(1)).body())
        .isEqualTo(chunks.get(ids.get(1)));
    byte[] published = CLIENT.download("/Administrator/resumed.flist").body();
    try (FlistClient client = new FlistClient(published);
        ZdbConnection backend = new ZdbConnection("127.0.0.1", HUB.gatewayPort())) {
      assertThat(client.content(client.entries().get("/f"), backend)).isEqualTo(content);
    }
  }

  @Test
  void a_chunk_is_kept_by_caches_for_ever() throws IOException {
    Map<String, byte[]> chunks = new LinkedHashMap<>();
    cut("some bytes".repeat(10).getBytes(US_ASCII), chunks);
    String id = chunks.keySet().iterator().next();
    put(id, chunks);
    String path = "/api/chunks/" + id;

    HttpResponse<String> head = CLIENT.send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("ETag")).contains("\"" + id + "\"");
    assertThat(head.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(head.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(chunks.get(id).length);
    assertThat(CLIENT.with("If-None-Match", "\"" + id + "\"").get(path).statusCode())
        .isEqualTo(304);
  }

  /** Cuts a file into chunks by id; the flist has it as {@code /f}. */
  private byte[] cut(byte[] content, Map<String, byte[]> chunks) throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < content.length; from += PIECE) {
      byte[] plain = Arrays.copyOfRange(content, from, Math.min(from + PIECE, content.length));
      byte[] key = SpecCodec.blake2b(16, plain);
      byte[] stored = SpecCodec.seal(plain, key);
      byte[] id = SpecCodec.blake2b(16, stored);
      chunks.put(HexFormat.of().formatHex(id), stored);
      blocks.add(new Block(ChunkId.of(id), ChunkKey.of(key)));
    }
    FileNode file =
        new FileNode(Name.of("f"), Permissions.ROOT_DIRECTORY, 1, 1, content.length, blocks);
    return new GeneratedTree().with(FlistPath.of("f"), file).flist(work);
  }

  private static List<String> missing(List<String> ids) throws IOException {
    String body = ids.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    HttpResponse<String> answer = CLIENT.postText("/api/chunks/missing", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    String list = answer.body().strip().replaceAll("[\\[\\]\"]", "");
    return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
  }

  private static HttpResponse<String> put(String id, Map<String, byte[]> chunks)
      throws IOException {
    return CLIENT.put("/api/chunks/" + id, chunks.get(id));
  }

  private static HttpResponse<String> upload(byte[] flist) throws IOException {
    return CLIENT.post(
        "/api/flist/me/upload-flist", new Uploader.Form().file("file", "resumed.flist", flist));
  }
}
