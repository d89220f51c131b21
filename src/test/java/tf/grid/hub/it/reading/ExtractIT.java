package tf.grid.hub.it.reading;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;

/** Files out of flists, as programs fetch them; some of their chunks are lost. */
class ExtractIT {
  private static final byte[] BIG = new byte[3 * ChunkCodec.MAX_PLAIN];
  private final RunningHub hub = RunningHub.shared();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path work;
  private Path repository;

  static {
    new Random(11).nextBytes(BIG);
  }

  @BeforeEach
  void publish() throws IOException {
    byte[] archive = new TarBytes().entry(new TarBytes.Header("big").size(BIG.length), BIG).gzip();
    new Uploader(hub.uri("/")).upload("extract.tar.gz", archive);
    repository = hub.dataDirectory().resolve("public/users/Administrator");
    publishWithout(0, "extract-no-first");
    publishWithout(2, "extract-no-last");
  }

  /** The same file in a flist that names a chunk which nobody has. */
  private void publishWithout(int lost, String name) throws IOException {
    byte[] flist = Files.readAllBytes(repository.resolve("extract.flist"));
    try (FlistReader reader =
            FlistReader.open(
                new ByteArrayInputStream(flist), work, FlistLimits.DEFAULT, TruncatedFiles.SHOWN);
        FlistWriter writer = new FlistWriter(work);
        OutputStream out = Files.newOutputStream(repository.resolve(name + ".flist"))) {
      FileNode file = (FileNode) reader.find(FlistPath.ROOT).orElseThrow().contents().get(0);
      List<Block> blocks = new ArrayList<>(file.blocks());
      blocks.set(lost, new Block(new ChunkId(4, 2), blocks.get(lost).key()));
      writer.directory(
          FlistPath.ROOT,
          DirectoryNode.ROOT,
          List.of(
              new FileNode(
                  file.name(), file.permissions(), 1, 1, file.size(), List.copyOf(blocks))));
      writer.writeTo(out);
    }
  }

  @Test
  void a_file_comes_whole_in_parts_or_not_again() throws IOException {
    HttpResponse<byte[]> whole = get("extract");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> part = get("extract", "Range", "bytes=524280-524299", "If-Range", tag);
    HttpResponse<byte[]> again = get("extract", "If-None-Match", tag);

    assertThat(whole.body()).isEqualTo(BIG);
    assertThat(whole.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("sandbox");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(BIG, 524280, 524300));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void headers_come_alone() throws IOException {
    HttpResponse<byte[]> head =
        send(request("extract").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(head.headers().firstValue("Content-Length")).contains("" + BIG.length);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void a_file_that_cannot_begin_is_an_error_that_says_why() throws IOException {
    HttpResponse<byte[]> answer = get("extract-no-first");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body(), UTF_8)).contains("the store has no chunk");
    assertThat(answer.headers().map())
        .doesNotContainKeys("ETag", "Content-Disposition", "Accept-Ranges");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }

  @Test
  void a_file_that_cannot_end_is_never_a_shorter_one() {
    assertThatThrownBy(() -> get("extract-no-last")).isInstanceOf(IOException.class);
  }

  @Test
  void the_parts_that_are_there_are_sent_all_the_same() throws IOException {
    HttpResponse<byte[]> part = get("extract-no-last", "Range", "bytes=0-99");

    assertThat(part.body()).isEqualTo(Arrays.copyOf(BIG, 100));
  }

  private HttpResponse<byte[]> get(String flist, String... headers) throws IOException {
    HttpRequest.Builder request = request(flist);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpRequest.Builder request(String flist) {
    return HttpRequest.newBuilder(
        hub.uri("/Administrator/" + flist + ".md?path=/big&raw=download"));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
