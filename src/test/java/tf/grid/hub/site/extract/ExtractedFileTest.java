package tf.grid.hub.site.extract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.catalogue.browse.FileContent;
import tf.grid.hub.catalogue.browse.FileContent.ContentLostException;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.browse.StoredFile;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.store.MemoryStore;

class ExtractedFileTest {

  private static final byte[] BIG = new byte[2 * ChunkCodec.MAX_PLAIN + 1000];

  @TempDir Path work;
  private final MemoryStore store = new MemoryStore();
  private final FileNode big = StoredFile.in(store, "big", BIG);

  static {
    new Random(5).nextBytes(BIG);
  }

  @Test
  void a_file_comes_whole_and_is_never_opened_by_a_browser() throws IOException {
    FileAnswer answer = get(big, Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.length()).isEqualTo(BIG.length);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/octet-stream")
        .containsEntry("Content-Disposition", "attachment; filename=\"big\"")
        .containsEntry("Accept-Ranges", "bytes")
        .doesNotContainKey("Last-Modified");
    assertThat(body(answer)).isEqualTo(BIG);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10",
    "bytes=524280-524299, 524280, 524300",
    "bytes=-5, 1049571, 1049576",
    "bytes=1049570-, 1049570, 1049576"
  })
  void a_part_comes_as_asked(String range, int from, int to) throws IOException {
    FileAnswer answer = get(big, Map.of("Range", range));

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.headers())
        .containsEntry("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + BIG.length);
    assertThat(body(answer)).isEqualTo(Arrays.copyOfRange(BIG, from, to));
  }

  @Test
  void a_part_is_sent_only_of_the_content_that_the_client_began_with() throws IOException {
    String tag = tag(big);

    assertThat(get(big, Map.of("Range", "bytes=1-2", "If-Range", tag)).status()).isEqualTo(206);
    assertThat(get(big, Map.of("Range", "bytes=1-2", "If-Range", "\"x\"")).status()).isEqualTo(200);
  }

  @Test
  void who_has_the_content_gets_nothing_and_nothing_is_read_for_that() throws IOException {
    String tag = tag(big);
    store.chunks.clear();

    FileAnswer known = get(big, Map.of("If-None-Match", tag));
    FileAnswer head = ExtractedFile.of(content(big), false, name -> Optional.empty(), true);

    assertThat(known.status()).isEqualTo(304);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.length()).isEqualTo(BIG.length);
    assertThat(body(head)).isEmpty();
  }

  @Test
  void the_tag_is_that_of_the_content_whatever_its_name() throws IOException {
    byte[] other = BIG.clone();
    other[BIG.length - 1] ^= 1;

    assertThat(tag(StoredFile.in(store, "copy", BIG))).isEqualTo(tag(big));
    assertThat(tag(StoredFile.in(store, "big", other))).isNotEqualTo(tag(big));
  }

  @Test
  void only_pictures_are_shown() throws IOException {
    FileNode picture = StoredFile.in(store, "a.txt", "GIF89a...".getBytes(ISO_8859_1));
    FileNode page = StoredFile.in(store, "a.gif", "<script>".getBytes(ISO_8859_1));

    assertThat(shown(picture).headers())
        .containsEntry("Content-Type", "image/gif")
        .doesNotContainKey("Content-Disposition");
    assertThat(shown(page).headers())
        .containsEntry("Content-Type", "application/octet-stream")
        .containsEntry("Content-Disposition", "attachment; filename=\"a.gif\"");
  }

  @Test
  void an_empty_file_has_no_parts() throws IOException {
    FileNode empty = StoredFile.in(store, "empty", new byte[0]);

    FileAnswer whole = get(empty, Map.of());
    FileAnswer part = get(empty, Map.of("Range", "bytes=0-"));

    assertThat(whole.status()).isEqualTo(200);
    assertThat(body(whole)).isEmpty();
    assertThat(part.status()).isEqualTo(416);
    assertThat(part.headers()).containsEntry("Content-Range", "bytes */0");
  }

  @Test
  void a_chunk_that_is_lost_ends_the_answer_where_it_would_stand() throws IOException {
    store.chunks.remove(big.blocks().get(1).id());
    FileAnswer answer = get(big, Map.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> answer.body().writeTo(out)).isInstanceOf(ContentLostException.class);
    assertThat(out.size()).isEqualTo(ChunkCodec.MAX_PLAIN);
  }

  private String tag(FileNode file) throws IOException {
    return get(file, Map.of()).headers().get("ETag");
  }

  private FileAnswer shown(FileNode file) throws IOException {
    return ExtractedFile.of(content(file), true, name -> Optional.empty(), false);
  }

  private FileAnswer get(FileNode file, Map<String, String> headers) throws IOException {
    return ExtractedFile.of(
        content(file), false, name -> Optional.ofNullable(headers.get(name)), false);
  }

  private FileContent content(FileNode file) {
    return new FlistBrowser(work, store, new ReadLimit(1, 5, Duration.ofSeconds(10))).content(file);
  }

  private static byte[] body(FileAnswer answer) throws IOException {
    try (answer) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      answer.body().writeTo(out);
      return out.toByteArray();
    }
  }
}
