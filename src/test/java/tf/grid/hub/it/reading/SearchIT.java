package tf.grid.hub.it.reading;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.Await;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;

/** The search for names and paths, from outside. */
class SearchIT {
  private static final Path SAMPLE = Path.of("src/test/resources/vectors/samples/good.flist");
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader CLIENT = new Uploader(HUB.uri("/"));

  @BeforeAll
  static void publish() throws IOException {
    Path repository = Files.createDirectories(HUB.dataDirectory().resolve("public/users/searched"));
    Files.copy(SAMPLE, repository.resolve("sought.flist"));
  }

  @Test
  void a_flist_is_found_by_a_path_in_the_api_and_on_the_page_which_links_to_the_path()
      throws IOException {
    String path = firstPath();
    String query = "?repository=searched&q=" + path;
    JsonObject found =
        Await.value(
            "the flist is found",
            () -> json(CLIENT.get("/api/search" + query)),
            answer -> answer.getInt("total") == 1);
    JsonObject result = found.getJsonArray("results").getJsonObject(0);
    assertThat(result.getString("name")).isEqualTo("sought.flist");
    assertThat(result.getJsonArray("paths").getString(0)).isEqualTo(path);
    assertThat(result.getJsonNumber("content_size").longValue()).isPositive();
    assertThat(found.getJsonObject("facets").getJsonObject("repository").getInt("searched"))
        .isEqualTo(1);

    String page = CLIENT.get("/search" + query).body();
    assertThat(page).contains("/searched/sought.flist.md?path=" + path);
    assertThat(CLIENT.get("/searched/sought.flist.md?path=" + path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/search | q is missing: the text to search for",
        "/api/search?q= | q is missing: the text to search for",
        "/api/search?q=abc&limit=0 | limit is not a whole number from 1 to 500",
        "/api/search?q=abc&kind=file | kind is not one of repository, flist, link, tag, tag-link",
        "/api/search?q=abc&changed=ever | changed is not one of day, week, month, year"
      })
  void a_wrong_parameter_is_answered_with_what_is_allowed(String address, String message)
      throws IOException {
    HttpResponse<String> answer = CLIENT.get(address);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).getString("message")).isEqualTo(message);
  }

  private static String firstPath() throws IOException {
    JsonObject contents = json(CLIENT.get("/api/flist/searched/sought"));
    return contents.getJsonArray("content").getJsonObject(0).getString("path");
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }
}
