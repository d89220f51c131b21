package tf.grid.hub.it.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;

/** The pages that show what is in the catalogue, as programs see them. */
class ReadingPagesIT {
  private static final Path SAMPLES = Path.of("src/test/resources/vectors/samples");
  private final RunningHub hub = RunningHub.shared();

  /** Speaks HTTP/1.1 as browsers do: to offers of another version the server sends no types. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void store() throws IOException {
    Path repository =
        Files.createDirectories(hub.dataDirectory().resolve("public/users/read-on-pages"));
    for (String name :
        new String[] {"good.flist", "missing-chunks.flist", "corrupt-truncated.flist"}) {
      Files.write(repository.resolve(name), Files.readAllBytes(SAMPLES.resolve(name)));
    }
    // The scan of a hub that others use too may be half a second old.
    Await.value(
        "the flists are listed",
        () -> get("/api/flist").body(),
        listing -> listing.contains("read-on-pages/missing-chunks.flist"));
  }

  @Test
  void what_there_is_has_a_page() throws IOException {
    assertThat(page("/", 200)).contains("read-on-pages");
    assertThat(page("/read-on-pages", 200)).contains("/read-on-pages/good.flist.md");
    assertThat(page("/read-on-pages/good.flist.md", 200)).contains("SHA-256");
    assertThat(page("/read-on-pages/good.md?path=/", 200)).contains("?path=/");
    assertThat(page("/search?q=READ-ON", 200)).contains("href=\"/read-on-pages\"");
  }

  @Test
  void what_there_is_not_is_named_and_harmless() throws IOException {
    assertThat(page("/no-such-repository", 404)).contains("no-such-repository");
    assertThat(page("/read-on-pages/none.flist.md", 404)).contains("none.flist");
    assertThat(page("/read-on-pages/tags/none", 404)).contains("none");
    assertThat(page("/read-on-pages/good.md?path=/%3Cb%3Enone", 404))
        .contains("&lt;b&gt;none")
        .doesNotContain("<b>none");
    assertThat(page("/read-on-pages/corrupt-truncated.md", 500)).contains("unreadable");
    assertThat(get("/read-on-pages/good.md?path=/none&raw=download").statusCode()).isEqualTo(404);
  }

  @Test
  void two_flists_are_compared() throws IOException {
    String page = "/read-on-pages/good.flist.md";
    assertThat(page(page + "?diff=read-on-pages/good", 200)).contains("the same files");
    assertThat(page(page + "?diff=read-on-pages/missing-chunks", 200))
        .contains("removed")
        .contains("<td class=\"file\">/");
    assertThat(page(page + "?diff=read-on-pages/none", 404)).contains("none.flist");
    assertThat(page(page + "?diff=nothing", 404)).contains("nothing");
    assertThat(page(page + "?diff=read-on-pages/good&after=%3C", 400)).contains("cursor");
  }

  @Test
  void what_visitors_type_is_text() throws IOException {
    assertThat(page("/search?q=%3Cscript%3Ealert(1)%3C/script%3E", 200))
        .doesNotContain("<script>alert");
    assertThat(page("/?filter=%22%3E%3Cscript%3E", 200)).doesNotContain("\"><script>");
  }

  private String page(String address, int status) throws IOException {
    HttpResponse<String> answer = get(address);
    assertThat(answer.statusCode()).as(address).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    return answer.body();
  }

  private HttpResponse<String> get(String address) throws IOException {
    try {
      return client.send(
          HttpRequest.newBuilder(hub.uri(address)).header("Accept", "text/html").build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
