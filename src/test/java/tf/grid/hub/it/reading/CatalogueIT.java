package tf.grid.hub.it.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** Looking at what is in the catalogue, from outside. */
class CatalogueIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private final RunningHub hub = RunningHub.shared();
  private final Uploader client = new Uploader(hub.uri("/"));
  private Path repository;

  @BeforeEach
  void store() throws IOException {
    repository = Files.createDirectories(hub.dataDirectory().resolve("public/users/looked-at"));
    copy("good.flist");
    copy("corrupt-truncated.flist");
  }

  private void copy(String sample) throws IOException {
    Files.write(repository.resolve(sample), Files.readAllBytes(SAMPLES.resolve(sample)));
  }

  @Test
  void a_damaged_flist_has_no_contents_but_is_summarised_and_sent() throws IOException {
    String address = "/api/flist/looked-at/corrupt-truncated";
    for (String part : new String[] {"", "/metadata"}) {
      HttpResponse<String> answer = client.get(address + part);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .startsWith(
              "{\"status\":\"error\",\"message\":\"tried to read corrupt-truncated.flist but");
    }
    assertThat(client.get(address + "/light").statusCode()).isEqualTo(200);
    assertThat(client.download("/looked-at/corrupt-truncated.flist").body())
        .isEqualTo(Files.readAllBytes(SAMPLES.resolve("corrupt-truncated.flist")));
  }

  @Test
  void a_link_to_a_tag_has_no_summary_but_a_target() throws IOException {
    Files.createDirectories(repository.resolve(".tag-v1"));
    Path link = repository.resolve("stable");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of("../looked-at/.tag-v1"));

    assertThat(client.get("/api/flist/looked-at/stable/light").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/flist/looked-at/stable/taglink").body())
        .isEqualTo("{\"target\":\"looked-at/tags/v1\"}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://elsewhere.example",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void without_authentication_no_other_site_changes_anything(String header, String value)
      throws IOException {
    for (String change :
        List.of("GET good/link/x", "DELETE good", "POST good/rename/x", "GET v/x/tag/me/good")) {
      String[] words = change.split(" ", 2);
      HttpResponse<String> answer =
          client.with(header, value).send(words[0], "/api/flist/me/" + words[1]);

      assertThat(answer.statusCode()).as(change).isEqualTo(403);
      assertThat(answer.body()).contains("changes from another site are refused");
    }
  }

  /** Addresses with escapes or a slash at the end are left to the REST layer. */
  @ParameterizedTest
  @CsvSource({
    "/api/flist, /api/flist/",
    "/api/repositories, /api/repositories/",
    "/api/fileslist, /api/fileslist/",
    "/api/flist/looked-at, /api/flist/%6cooked-at",
    "/api/flist/looked-at/good/light, /api/flist/%6cooked-at/good/light",
    "/api/flist/looked-at/good.flist/light, /api/flist/%6cooked-at/good.flist/light",
    "/api/flist/looked-at/missing/light, /api/flist/%6cooked-at/missing/light",
    "/api/flist/missing, /api/flist/%6dissing",
    "/api/flist/me, /api/flist/me/",
    "/api/flist/looked-at/tags/light, /api/flist/%6cooked-at/tags/light"
  })
  void listings_are_the_same_from_the_filter_and_from_the_resources(String path, String same)
      throws IOException {
    for (String encoding : List.of("identity", "gzip")) {
      Uploader encoded = client.with("Accept-Encoding", encoding);
      Await.until("the hub has seen the new files", () -> areSame(encoded, path, same));
    }
  }

  /** Whether the listing was the same from the first request to the last. */
  private static boolean areSame(Uploader client, String path, String same) throws IOException {
    HttpResponse<byte[]> fast = client.download(path);
    String tag = fast.headers().firstValue("etag").orElse("none");
    Uploader conditional = client.with("If-None-Match", "\"x\", " + tag);
    HttpResponse<byte[]> slow = client.download(same);
    HttpResponse<byte[]> known = conditional.download(path);
    HttpResponse<byte[]> slowKnown = conditional.download(same);
    if (!client.download(path).headers().firstValue("etag").orElse("none").equals(tag)) {
      return false;
    }
    assertSame(fast, slow);
    assertSame(known, slowKnown);
    assertThat(known.statusCode()).isEqualTo(tag.equals("none") ? fast.statusCode() : 304);
    return true;
  }

  private static void assertSame(HttpResponse<byte[]> one, HttpResponse<byte[]> other) {
    assertThat(one.statusCode()).isEqualTo(other.statusCode());
    assertThat(one.body()).isEqualTo(other.body());
    assertThat(headers(one)).isEqualTo(headers(other));
  }

  private static Map<String, List<String>> headers(HttpResponse<?> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.keySet().removeAll(List.of("date", "x-request-id"));
    return headers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/looked-at/good.flist",
        "/looked-at/good.flist.md5",
        "/looked-at/good.txt",
        "/looked-at/good.json",
        "/looked-at/missing.flist",
        "/api/flist",
        "/api/missing",
        "/missing"
      })
  void every_answer_is_open_to_scripts_and_closed_to_frames(String path) throws IOException {
    HttpResponse<byte[]> answer = client.download(path);

    assertThat(answer.headers().map())
        .containsEntry("access-control-allow-origin", List.of("*"))
        .containsEntry("x-frame-options", List.of("DENY"))
        .containsEntry("x-content-type-options", List.of("nosniff"));
    assertThat(answer.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
  }
}
