package tf.grid.hub.catalogue.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.catalogue.Backend;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.download.Downloads.DownloadRequest;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.statistics.DownloadCount;
import tf.grid.hub.catalogue.statistics.DownloadCounts;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.file.FileAnswer;

class DownloadsTest {

  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final String MD5 = "781e5e245d69b566979b86e28d23f2c7";
  private static final String TAG = '"' + MD5 + '"';

  @TempDir Path data;
  private Path users;
  private Md5Cache md5s;
  private Catalogue catalogue;
  private DownloadCounts counts;
  private Downloads downloads;

  @BeforeEach
  void open() throws IOException {
    users = data.resolve("users");
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(users, md5s);
    SiteAddress site =
        new SiteAddress(URI.create("https://hub.example"), new Backend("hub.example", 9900, "x"));
    counts = DownloadCounts.open(data.resolve("downloads"), users, Clock.systemUTC());
    downloads = new Downloads(catalogue, md5s, site, counts);
    publish("app", "0123456789");
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
    counts.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /alice/app.flist     | Range         | bytes=0-3   | 1 | true
          /alice/app.flist     | Range         | bytes=4-    | 0 | true
          /alice/app.flist     | Range         | bytes=10-   | 0 | false
          /alice/app.flist     | If-None-Match | *           | 0 | true
          /alice/app.flist     | If-Match      | "another"   | 0 | false
          /alice/app.flist     | Accept        | text/plain  | 1 | true
          /alice/app.flist.md5 | Accept        | text/plain  | 0 | true
          /alice/app.flist.txt | Accept        | text/plain  | 0 | false
          """)
  void downloads_are_counted_once_and_questions_of_owners_of_a_copy_note_the_time(
      String path, String header, String value, long counted, boolean noted) throws IOException {
    FileAnswer answer = get(path, Map.of(header, value));
    answer.close();

    DownloadCount count = counts.of(users.resolve("alice/app.flist"));
    assertThat(count.downloads()).isEqualTo(counted);
    assertThat(count.lastTime().isPresent()).isEqualTo(noted);
  }

  @Test
  void downloads_through_links_and_tags_count_for_the_flist() throws IOException {
    Files.createSymbolicLink(users.resolve("alice/latest.flist"), Path.of("app.flist"));
    Files.createDirectory(users.resolve("alice/.tag-v1"));
    Files.createSymbolicLink(users.resolve("alice/.tag-v1/x.flist"), Path.of("../app.flist"));

    get("/alice/latest.flist", Map.of()).close();
    get("/alice/tags/v1/x.flist", Map.of()).close();

    assertThat(counts.of(users.resolve("alice/app.flist")).downloads()).isEqualTo(2);
  }

  @Test
  void a_flist_comes_whole_with_its_digest_as_entity_tag() throws IOException {
    FileAnswer answer = get("/alice/app.flist", Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.length()).isEqualTo(10);
    assertThat(body(answer)).isEqualTo("0123456789");
    assertThat(answer.headers())
        .containsEntry("ETag", TAG)
        .containsEntry("Content-Type", "application/octet-stream")
        .containsEntry("Accept-Ranges", "bytes")
        .containsEntry("Content-Disposition", "attachment; filename=\"app.flist\"")
        .containsKey("Last-Modified");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes=0-0       | 206 | 0          | bytes 0-0/10
          bytes=0-9       | 206 | 0123456789 | bytes 0-9/10
          bytes=2-4       | 206 | 234        | bytes 2-4/10
          bytes=5-        | 206 | 56789      | bytes 5-9/10
          bytes=-3        | 206 | 789        | bytes 7-9/10
          bytes=-99       | 206 | 0123456789 | bytes 0-9/10
          bytes=8-99      | 206 | 89         | bytes 8-9/10
          BYTES=1-1       | 206 | 1          | bytes 1-1/10
          bytes= 1-1      | 206 | 1          | bytes 1-1/10
          bytes=99-,1-2   | 206 | 12         | bytes 1-2/10
          bytes=10-       | 416 | ''         | bytes */10
          bytes=10-11     | 416 | ''         | bytes */10
          bytes=-0        | 416 | ''         | bytes */10
          bytes=99-,50-60 | 416 | ''         | bytes */10
          bytes=4-2       | 200 | 0123456789 |
          bytes=-         | 200 | 0123456789 |
          bytes=a-b       | 200 | 0123456789 |
          bytes=1-2,x     | 200 | 0123456789 |
          bytes=1-2,      | 200 | 0123456789 |
          bytes=          | 200 | 0123456789 |
          lines=1-2       | 200 | 0123456789 |
          1-2             | 200 | 0123456789 |
          bytes=9999999999999999999999-  | 200 | 0123456789 |
          bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,0-0,1-1,2-2,3-3,4-4,5-5,6-6 | 200 | 0123456789 |
          """)
  void parts_come_as_asked(String range, int status, String body, String contentRange)
      throws IOException {
    FileAnswer answer = get("/alice/app.flist", Map.of("Range", range));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().get("Content-Range")).isEqualTo(contentRange);
    assertThat(answer.length()).isEqualTo(body.length());
    assertThat(body(answer)).isEqualTo(body);
  }

  @Test
  void several_parts_come_in_one_answer() throws IOException {
    FileAnswer answer = get("/alice/app.flist", Map.of("Range", "bytes=0-1, -2"));

    assertThat(answer.status()).isEqualTo(206);
    String boundary = answer.headers().get("Content-Type").split("boundary=", 2)[1];
    String body = body(answer);
    assertThat(body)
        .isEqualTo(
            """

            --%1$s
            Content-Type: application/octet-stream
            Content-Range: bytes 0-1/10

            01
            --%1$s
            Content-Type: application/octet-stream
            Content-Range: bytes 8-9/10

            89
            --%1$s--
            """
                .formatted(boundary)
                .replace("\n", "\r\n"));
    assertThat(answer.length()).isEqualTo(body.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          If-None-Match       | "781e5e245d69b566979b86e28d23f2c7"        | 304
          If-None-Match       | W/"781e5e245d69b566979b86e28d23f2c7"      | 304
          If-None-Match       | "x", "781e5e245d69b566979b86e28d23f2c7"   | 304
          If-None-Match       | *                                         | 304
          If-None-Match       | "x"                                       | 200
          If-Match            | "781e5e245d69b566979b86e28d23f2c7"        | 200
          If-Match            | *                                         | 200
          If-Match            | "x"                                       | 412
          If-Match            | W/"781e5e245d69b566979b86e28d23f2c7"      | 412
          If-Modified-Since   | Fri, 01 Jan 2100 00:00:00 GMT             | 304
          If-Modified-Since   | Thu, 01 Jan 1970 00:00:00 GMT             | 200
          If-Modified-Since   | yesterday                                 | 200
          If-Unmodified-Since | Fri, 01 Jan 2100 00:00:00 GMT             | 200
          If-Unmodified-Since | Thu, 01 Jan 1970 00:00:00 GMT             | 412
          """)
  void conditions_are_respected(String header, String value, int status) throws IOException {
    try (FileAnswer answer = get("/alice/app.flist", Map.of(header, value))) {
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.headers()).containsEntry("ETag", TAG);
    }
  }

  @Test
  void the_tag_decides_before_the_time() throws IOException {
    Map<String, String> both =
        Map.of("If-None-Match", "\"x\"", "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT");

    try (FileAnswer answer = get("/alice/app.flist", both)) {
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @Test
  void a_part_is_sent_only_of_the_file_that_the_client_began_with() throws IOException {
    Map<String, String> same = Map.of("Range", "bytes=1-2", "If-Range", TAG);
    Map<String, String> other = Map.of("Range", "bytes=1-2", "If-Range", "\"x\"");
    Map<String, String> weak = Map.of("Range", "bytes=1-2", "If-Range", "W/" + TAG);

    assertThat(body(get("/alice/app.flist", same))).isEqualTo("12");
    assertThat(body(get("/alice/app.flist", other))).isEqualTo("0123456789");
    assertThat(body(get("/alice/app.flist", weak))).isEqualTo("0123456789");
  }

  @Test
  void what_is_being_sent_does_not_change_when_the_flist_is_replaced() throws IOException {
    FileAnswer answer = get("/alice/app.flist", Map.of());

    publish("app", "something else");

    assertThat(body(answer)).isEqualTo("0123456789");
    assertThat(body(get("/alice/app.flist", Map.of()))).isEqualTo("something else");
  }

  @Test
  void the_digest_is_a_line_of_text() throws IOException {
    FileAnswer answer = get("/alice/app.flist.md5", Map.of());

    assertThat(body(answer)).isEqualTo(MD5 + "\n");
    assertThat(answer.headers()).containsEntry("Content-Type", "text/plain");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/alice/app.flist",
        "/alice/app.flist/",
        "/alice/l%69nk.flist",
        "/alice/tags/v1/tagged.flist",
        "/alice/tags/v1/bare.flist",
        "/alice/stable/tagged.flist"
      })
  void all_ways_lead_to_the_file(String url) throws IOException {
    Path tag = Files.createDirectories(users.resolve("alice/.tag-v1"));
    Files.createSymbolicLink(users.resolve("alice/link.flist"), Path.of("app.flist"));
    Files.createSymbolicLink(tag.resolve("tagged.flist"), Path.of("../../alice/link.flist"));
    Files.createSymbolicLink(tag.resolve("bare"), Path.of("../../alice/link.flist"));
    Files.createSymbolicLink(users.resolve("alice/stable"), Path.of("../alice/.tag-v1"));

    assertThat(body(get(url, Map.of()))).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "absolute",
        "circle",
        "dangling",
        "itself",
        "outside",
        "directory",
        "parent",
        "missing"
      })
  void links_that_leave_the_catalogue_or_lead_nowhere_are_not_found(String name)
      throws IOException {
    Files.writeString(data.resolve("secret.flist"), "secret");
    Files.createDirectories(users.resolve("alice/directory.flist"));
    link("absolute", data.resolve("secret.flist").toString());
    link("circle", "round.flist");
    link("round", "circle.flist");
    link("dangling", "nothing.flist");
    link("itself", "itself.flist");
    link("outside", "../../secret.flist");
    link("parent", "..");

    assertThatThrownBy(() -> get("/alice/" + name + ".flist", Map.of()))
        .isInstanceOf(FlistNotFoundException.class);
  }

  @Test
  void a_link_is_not_followed_through_a_directory_that_is_a_link() throws IOException {
    Path elsewhere = Files.createDirectories(data.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("x.flist"), "secret");
    Files.createSymbolicLink(users.resolve("mallory"), elsewhere);
    Files.createSymbolicLink(users.resolve("alice/.tag-evil"), elsewhere);
    link("through", "../mallory/x.flist");
    link("tagged", ".tag-evil/x.flist");

    for (String url :
        List.of(
            "/alice/through.flist",
            "/alice/tagged.flist",
            "/alice/tags/evil/x.flist",
            "/mallory/x.flist")) {
      assertThatThrownBy(() -> get(url, Map.of())).isInstanceOf(CatalogueException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%2e%2e/secret.flist", "/a%2fb/x.flist", "/..%2f..%2fetc/x.flist"})
  void a_repository_outside_does_not_exist(String url) {
    assertThatThrownBy(() -> get(url, Map.of())).isInstanceOf(RepositoryNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/flist",
        "/alice",
        "/",
        "/alice/app.flist.md",
        "/me/app.flist",
        "/static/app.json",
        "/alice/x/y/app.flist",
        "/alice/%ff.flist",
        "/alice/%zz.flist",
        "/health/a.txt"
      })
  void other_addresses_are_left_to_the_site(String url) {
    assertThat(UrlPath.parts(url, "").flatMap(FlistAddress::of)).isEmpty();
  }

  @Test
  void machines_get_a_card_of_the_flist() throws IOException {
    assertThat(body(get("/alice/app.txt", Map.of())))
        .isEqualTo(
            """
            File:     app.flist
            Uploader: alice
            Source:   https://hub.example/alice/app.flist
            Storage:  zdb://hub.example:9900
            Checksum: 781e5e245d69b566979b86e28d23f2c7
            """);
    assertThat(body(get("/alice/app.flist.json", Map.of())))
        .isEqualTo(
            "{\"flist\":\"app.flist\",\"uploader\":\"alice\","
                + "\"source\":\"https://hub.example/alice/app.flist\","
                + "\"storage\":\"zdb://hub.example:9900\",\"checksum\":\""
                + MD5
                + "\"}\n");
  }

  @Test
  void a_name_cannot_break_out_of_its_header() {
    assertThat(FileName.attachment("a\"b é.flist"))
        .isEqualTo("attachment; filename=\"a_b _.flist\"; filename*=UTF-8''a%22b%20%C3%A9.flist");
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(users.resolve("alice/" + name + ".flist"), Path.of(target));
  }

  private void publish(String name, String content) throws IOException {
    catalogue.publish(
        ALICE, FlistName.parse(name), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  private FileAnswer get(String url, Map<String, String> headers) throws IOException {
    FlistAddress address = UrlPath.parts(url, "").flatMap(FlistAddress::of).orElseThrow();
    return downloads.answer(
        new DownloadRequest(address, false, name -> Optional.ofNullable(headers.get(name))));
  }

  private static String body(FileAnswer answer) throws IOException {
    try (answer) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      answer.body().writeTo(out);
      return out.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
