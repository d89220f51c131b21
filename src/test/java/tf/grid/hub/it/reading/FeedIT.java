package tf.grid.hub.it.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** The changes of a repository, as feed readers fetch them. */
class FeedIT {
  private static final Path SAMPLE = Path.of("src/test/resources/vectors/samples/good.flist");
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader READER = new Uploader(HUB.uri("/"));
  private static final String ODD = "a <b>&\u202e ]]>.flist";

  @BeforeAll
  static void publish() throws IOException {
    Path users = HUB.dataDirectory().resolve("public/users");
    Path few = Files.createTempDirectory(HUB.dataDirectory(), "few");
    copy(few.resolve(ODD), 1_700_000_300);
    copy(few.resolve("older.flist"), 1_700_000_100);
    Files.move(few, users.resolve("with-feed"));
    Path many = Files.createTempDirectory(HUB.dataDirectory(), "many");
    for (int i = 0; i < 60; i++) {
      copy(many.resolve("flist-" + i + ".flist"), 1_700_000_000 + i);
    }
    Files.move(many, users.resolve("with-many"));
    Await.value(
        "both are listed",
        () -> READER.get("/api/flist").body(),
        listing ->
            listing.contains("with-feed/older.flist") && listing.contains("with-many/flist-0."));
  }

  private static void copy(Path to, long time) throws IOException {
    Files.write(to, Files.readAllBytes(SAMPLE));
    Files.setLastModifiedTime(to, FileTime.from(Instant.ofEpochSecond(time)));
  }

  @Test
  void the_newest_change_comes_first_with_its_page_and_an_id_of_its_own() throws Exception {
    HttpResponse<String> answer = READER.get("/api/feed/with-feed");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/atom+xml");
    Element feed = parse(answer.body()).getDocumentElement();

    assertThat(texts(feed, "title"))
        .containsExactly("with-feed", "a <b>&\\xe2\\x80\\xae ]]>.flist", "older.flist");
    assertThat(texts(feed, "updated"))
        .containsExactly("2023-11-14T22:18:20Z", "2023-11-14T22:18:20Z", "2023-11-14T22:15:00Z");
    assertThat(texts(feed, "id").get(2)).endsWith("/with-feed/older.flist.md#1700000100");
    Element link = (Element) feed.getElementsByTagName("link").item(2);
    assertThat(link.getAttribute("href")).endsWith("/with-feed/older.flist.md");
  }

  @Test
  void only_the_last_changes_are_in_it() throws Exception {
    Element feed = parse(READER.get("/api/feed/with-many").body()).getDocumentElement();
    assertThat(texts(feed, "title").subList(1, 51))
        .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "flist-" + (59 - i) + ".flist").toList());
  }

  @Test
  void what_a_reader_has_is_not_sent_again() throws IOException {
    String tag = READER.get("/api/feed/with-feed").headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = READER.with("If-None-Match", tag).get("/api/feed/with-feed");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(READER.get("/api/feed/without").statusCode()).isEqualTo(404);
  }

  @Test
  void the_page_of_the_repository_names_its_feed() throws IOException {
    assertThat(READER.with("Accept", "text/html").get("/with-feed").body())
        .contains("<link rel=\"alternate\" type=\"application/atom+xml\"")
        .contains("/api/feed/with-feed");
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Element feed, String name) {
    NodeList found = feed.getElementsByTagName(name);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> found.item(i).getTextContent())
        .toList();
  }
}
