package tf.grid.hub.it.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.FileTree;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.ZdbConnection;

/** Flists as archives: what was uploaded comes back. */
class ExportIT {
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));
  private static final String ARCHIVE = "/api/flist/Administrator/exported/archive";

  private static final String IMAGE = "/api/flist/Administrator/exported/image";
  private static final List<String> HEADERS =
      List.of("Content-Type", "ETag", "Content-Disposition", "Cache-Control", "Accept-Ranges");

  private static byte[] flist;

  @BeforeAll
  static void upload() throws IOException {
    flist = flistOf(sample("sample-full"));
  }

  @Test
  void an_archive_has_the_entries_of_the_flist() throws Exception {
    try (ZdbConnection backend = new ZdbConnection("127.0.0.1", HUB.gatewayPort())) {
      assertThat(FileTree.ofTar(new ByteArrayInputStream(get(".tar").body())))
          .isEqualTo(FileTree.ofFlist(flist, backend));
    }
  }

  @Test
  void the_formats_differ_in_compression_only() throws Exception {
    HttpResponse<byte[]> tar = get(".tar");
    assertThat(tar.headers().firstValueAsLong("Content-Length")).hasValue(tar.body().length);
    HttpResponse<byte[]> gzip = get(".tar.gz");
    assertThat(gzip.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"exported.tar.gz\"");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
        .isEqualTo(tar.body());
    byte[] zstd = get(".tar.zst").body();
    assertThat(new ZstdCompressorInputStream(new ByteArrayInputStream(zstd)).readAllBytes())
        .isEqualTo(tar.body());

    assertThat(get("").body()).isEqualTo(gzip.body());
    assertThat(CLIENT.with("Accept", "application/zstd").download(ARCHIVE).body()).isEqualTo(zstd);
    assertThat(CLIENT.with("Accept", "text/html").download(ARCHIVE).body()).isEqualTo(gzip.body());
  }

  @Test
  void an_upload_of_the_archive_gives_the_same_flist() throws IOException {
    assertThat(flistOf(get(".tar.gz").body())).isEqualTo(flist);
    assertThat(flistOf(get(".tar.zst").body())).isEqualTo(flist);
  }

  @Test
  void a_client_that_has_the_archive_need_not_fetch_it_again() throws IOException {
    String tag = get("").headers().firstValue("ETag").orElseThrow();
    assertThat(CLIENT.with("If-None-Match", tag).get(ARCHIVE).statusCode()).isEqualTo(304);
    assertThat(CLIENT.with("If-None-Match", tag).get(ARCHIVE + ".tar").statusCode()).isEqualTo(200);
  }

  @Test
  void head_tells_the_headers_without_making_the_archive() throws IOException {
    for (String path : List.of(ARCHIVE + ".tar", ARCHIVE, ARCHIVE + ".tar.zst", IMAGE)) {
      HttpResponse<byte[]> whole = CLIENT.download(path);
      long counted = downloads();
      HttpResponse<String> head = CLIENT.send("HEAD", path);
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      for (String name : HEADERS) {
        assertThat(head.headers().allValues(name))
            .as(name + " of " + path)
            .isEqualTo(whole.headers().allValues(name));
      }
      assertThat(head.headers().firstValueAsLong("Content-Length"))
          .as(path)
          .isEqualTo(whole.headers().firstValueAsLong("Content-Length"));
      assertThat(downloads()).as(path).isEqualTo(counted);
    }
    assertThat(CLIENT.send("HEAD", ARCHIVE + ".tar").headers().firstValue("Content-Length"))
        .isPresent();
    assertThat(CLIENT.send("HEAD", ARCHIVE.replace("exported", "absent")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void what_does_not_exist_is_not_found() throws IOException {
    assertThat(CLIENT.get("/api/flist/Administrator/absent/archive").statusCode()).isEqualTo(404);
    assertThat(CLIENT.get(ARCHIVE + ".zip").statusCode()).isEqualTo(404);
  }

  private static HttpResponse<byte[]> get(String suffix) throws IOException {
    HttpResponse<byte[]> answer = CLIENT.download(ARCHIVE + suffix);
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static long downloads() throws IOException {
    String body = CLIENT.get("/api/flist/Administrator/exported/downloads").body();
    return Long.parseLong(body.replaceAll(".*\"downloads\":(\\d+).*", "$1").strip());
  }

  private static byte[] flistOf(byte[] archive) throws IOException {
    HttpResponse<String> answer = CLIENT.upload("exported.tar.gz", archive);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return CLIENT.download("/Administrator/exported.flist").body();
  }

  private static byte[] sample(String name) throws IOException {
    try (InputStream in = ExportIT.class.getResourceAsStream("/archives/" + name + ".tar.gz")) {
      return in.readAllBytes();
    }
  }
}
