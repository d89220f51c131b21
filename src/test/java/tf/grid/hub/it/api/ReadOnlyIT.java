package tf.grid.hub.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tf.grid.hub.RunningHub;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.Uploader.Form;

/** A read-only hub rejects every change from any user. */
class ReadOnlyIT {
  private static final List<String> CHANGES =
      List.of(
          "POST upload",
          "PUT app",
          "PUT merge",
          "DELETE app",
          "DELETE docker",
          "GET app/link/x",
          "PUT app/link/x",
          "GET x/crosslink/other/app",
          "PUT x/crosslink/other/app",
          "GET app/rename/x",
          "POST app/rename/x",
          "GET promote/other/app/x",
          "POST promote/other/app/x",
          "GET v/x/tag/other/app",
          "PUT v/x/tag/other/app",
          "DELETE v/x/tag/other/app",
          "GET x/crosstag/other/v",
          "PUT x/crosstag/other/v",
          "DELETE x/crosstag/other/v");

  @Test
  void every_change_is_refused_with_the_words_that_clients_know() throws IOException {
    try (RunningHub hub = RunningHub.start(Map.of("HUB_READ_ONLY", "true"))) {
      Uploader client = new Uploader(hub.uri("/"));
      for (String change : CHANGES) {
        String[] words = change.split(" ", 2);
        HttpResponse<String> answer = client.send(words[0], "/api/flist/me/" + words[1]);

        assertThat(answer.statusCode()).as(change).isEqualTo(400);
        assertThat(answer.body())
            .as(change)
            .isEqualTo("{\"status\":\"error\",\"message\":\"readonly mode\"}\n");
      }
      HttpResponse<String> chunk = client.put("/api/chunks/" + "0".repeat(32), new byte[8]);
      assertThat(chunk.statusCode()).isEqualTo(400);
      assertThat(chunk.body()).contains("readonly mode");
      assertThat(client.get("/api/flist/me").statusCode()).isEqualTo(200);
      Uploader browser = client.with("Accept", "text/html");
      for (String page :
          List.of("/upload", "/upload-flist", "/docker-convert", "/merge", "/a?manage=b")) {
        assertThat(browser.get(page).headers().firstValue("Location")).hasValue("/readonly");
        assertThat(browser.post(page, new Form()).headers().firstValue("Location"))
            .hasValue("/readonly");
      }
      assertThat(client.post("/upload", new Form()).body()).contains("readonly mode");
      assertThat(browser.get("/readonly").body()).contains("read-only");
      assertThat(hub.dataDirectory().resolve("public/users")).isEmptyDirectory();
    }
  }
}
