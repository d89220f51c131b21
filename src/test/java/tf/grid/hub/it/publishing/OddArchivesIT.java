package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.client.Refusal.assertRefused;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.EventListener;
import tf.grid.hub.client.Uploader;

/** What clients are told of archives that are odd but whole, and of names that would do harm. */
class OddArchivesIT {
  private static final Path FIELD = Path.of("src/test/resources/field");
  private static final String WARNING =
      "8192 bytes behind the end mark of the archive were ignored, from byte 2048 on";
  private static final String EVIL = "a\nb\r\nX-Injected: yes\u001b[31m\"<b>";

  private final RunningHub hub = RunningHub.shared();
  private final Uploader client = new Uploader(hub.uri("/"));

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  private static byte[] field(String name) throws IOException {
    return Files.readAllBytes(FIELD.resolve(name));
  }

  @Test
  void warnings_are_beside_the_payload_and_only_where_there_are_any() throws IOException {
    byte[] odd = field("garbage-in-last-record.tar.gz");
    for (HttpResponse<String> answer :
        List.of(client.put("/api/flist/me/odd.tar.gz", odd), client.upload("odd.tar.gz", odd))) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(json(answer).keySet()).containsExactly("status", "payload", "warnings");
      assertThat(json(answer).getJsonArray("warnings")).containsExactly(Json.createValue(WARNING));
    }
    JsonObject plain = json(client.put("/api/flist/me/odd.tar.gz", field("no-end-mark.tar.gz")));
    assertThat(plain.keySet()).containsExactly("status", "payload");
  }

  @Test
  void a_job_ends_with_the_warnings() throws IOException {
    JsonObject told =
        json(
            client.post(
                "/upload",
                new Uploader.Form()
                    .file("file", "odd-job.tar.gz", field("garbage-in-last-record.tar.gz"))));
    String job = told.getString("jobid");
    try (EventListener listener = new EventListener(hub.uri("/listen/" + job), 0)) {
      assertThat(listener.last().data().getJsonObject("info").getJsonArray("warnings"))
          .containsExactly(Json.createValue(WARNING));
    }
  }

  @Test
  void an_image_has_the_files_of_its_layers_where_container_tools_put_them() throws IOException {
    HttpResponse<String> answer =
        client.put("/api/flist/me/image/go17", field("go17-prefix.image.tar"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(client.get("/api/flist/Administrator/go17").body())
        .contains("/opt/" + "p".repeat(100) + "/usr/lib/x/y.so");
  }

  @Test
  void names_with_control_characters_do_no_harm_where_they_are_shown() throws IOException {
    byte[] archive =
        new TarBytes()
            .pax("path=" + EVIL + "/" + EVIL)
            .file("x", "content")
            .pax("path=l" + EVIL, "linkpath=" + EVIL)
            .symbolicLink("x", "x")
            .gzip();
    assertThat(client.put("/api/flist/me/evil.tar.gz", archive).statusCode()).isEqualTo(200);
    assertThat(client.get("/api/flist/Administrator/evil").body())
        .contains("/a\\nb\\r\\nX-Injected: yes\\u001b[31m\\\"<b>");
    String directory = "/a%0Ab%0D%0AX-Injected%3A%20yes%1B%5B31m%22%3Cb%3E";
    String file = directory + directory;
    for (String query : new String[] {"/", directory, file, "/l" + directory.substring(1)}) {
      String page = client.get("/Administrator/evil.md?path=" + query).body();
      assertThat(page).contains("a\\x0ab\\x0d\\x0aX-Injected: yes\\x1b[31m").doesNotContain("<b>");
      assertThat(page.chars().filter(c -> c != '\n')).noneMatch(Character::isISOControl);
    }
    HttpResponse<byte[]> download =
        client.download("/Administrator/evil.md?path=" + file + "&raw=download");
    assertThat(new String(download.body(), UTF_8)).isEqualTo("content");
    assertThat(download.headers().firstValue("X-Injected")).isEmpty();
    assertThat(download.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=\"a_b__X-Injected: yes_[31m_<b>\"");
  }

  @Test
  void a_refusal_names_the_entry_and_its_offset_in_escaped_bytes() throws IOException {
    byte[] archive = new TarBytes().file("a", "A").file("b\u001b/../c", "B").gzip();
    HttpResponse<String> answer = client.put("/api/flist/me/refused.tar.gz", archive);
    assertRefused(answer, 500);
    assertThat(json(answer).getString("message"))
        .contains("'..'")
        .contains("entry 'b\\x1b/../c', at byte 1024 of the unpacked archive");
  }

  @Test
  void what_is_no_archive_is_called_what_it_is() throws IOException {
    byte[] page = "<!DOCTYPE html><html><body>Sign in</body></html>".getBytes(ISO_8859_1);
    assertThat(client.put("/api/flist/me/page.tar.gz", page).body()).contains("a web page");
    byte[] gzip = field("no-end-mark.tar.gz");
    byte[] more = Arrays.copyOf(gzip, gzip.length + 3);
    more[gzip.length] = '\r';
    assertThat(json(client.put("/api/flist/me/more.tar.gz", more)).getString("message"))
        .contains("behind the end of the gzip data, from byte " + gzip.length + " of the file on")
        .contains("'\\x0d\\x00\\x00'");
  }
}
