package tf.grid.hub.it.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.RunningHub;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.EventListener;
import tf.grid.hub.client.HalfUpload;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.Uploader.Form;
import tf.grid.hub.image.archive.OciLayout;
import tf.grid.hub.image.reference.Platform;

/** The forms of pages that make flists, as browsers and programs send them. */
class FormPostsIT {
  private static final RunningHub HUB = RunningHub.shared();
  private static final Uploader PROGRAM = new Uploader(HUB.uri("/"));
  private static final Uploader BROWSER =
      PROGRAM.with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  private static final byte[] ARCHIVE =
      new TarBytes().file("etc/motd", "Welcome to the forms\n").directory("srv/").gzip();

  @ParameterizedTest
  @ValueSource(strings = {"/upload", "/upload-flist", "/docker-convert", "/upload/"})
  void pages_have_forms_that_work_without_scripts(String page) throws IOException {
    HttpResponse<String> answer = BROWSER.get(page);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("method=\"post\"", "enctype=\"multipart/form-data\"");
  }

  @Test
  void an_archive_that_a_browser_sends_leads_to_its_preview() throws IOException {
    HttpResponse<String> answer = send(BROWSER, "/upload", "form plain.tar.gz", ARCHIVE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/Administrator/form_plain.flist.md");
    assertThat(flist("form_plain")).isEqualTo(200);
  }

  @Test
  void a_program_that_sends_an_archive_is_told_the_job() throws IOException {
    JsonObject told = json(send(PROGRAM, "/upload", "form-program.tar.gz", ARCHIVE));
    assertThat(told.keySet()).containsExactly("status", "jobid");
    assertThat(flist("form-program")).isEqualTo(200);

    JsonObject info = ending(told.getString("jobid")).getJsonObject("info");
    assertThat(info.getString("filename")).isEqualTo("form-program.flist");
    assertThat(info.getString("repository")).isEqualTo("Administrator");
    assertThat(info.getJsonObject("flist").getInt("regular")).isEqualTo(1);
    assertThat(info.getInt("chunks_new") + info.getInt("chunks_known")).isEqualTo(1);
  }

  @Test
  void a_flist_is_uploaded_again_under_another_name() throws IOException {
    send(PROGRAM, "/upload", "form-first.tar.gz", ARCHIVE);
    byte[] flist = PROGRAM.download("/Administrator/form-first.flist").body();

    HttpResponse<String> answer = send(BROWSER, "/upload-flist", "form-again.flist", flist);

    assertThat(location(answer)).isEqualTo("/Administrator/form-again.flist.md");
    assertThat(flist("form-again")).isEqualTo(200);
  }

  @Test
  void an_archive_of_an_image_becomes_a_flist() throws IOException {
    byte[] image =
        new OciLayout().image(Platform.DEFAULT, new TarBytes().file("a", "b").tar()).tar();
    Form form = new Form().field("name", "form-image").file("file", "image.tar", image);

    HttpResponse<String> answer = BROWSER.post("/docker-convert?from=archive", form);

    assertThat(location(answer)).isEqualTo("/Administrator/form-image.flist.md");
    assertThat(flist("form-image")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/upload | x.zip | this file is not allowed",
        "/upload | '' | no file selected",
        "/upload | form-broken.tar.gz | ",
        "/upload-flist | x.tar.gz | this file is not allowed",
        "/upload-flist | form-broken.flist | ",
        "/docker-convert?from=archive | form-broken.tar | ",
        "/docker-convert | x | missing docker image name",
      })
  void a_mistake_is_told_on_the_page_and_to_programs(String to, String file, String why)
      throws IOException {
    byte[] garbage = "neither of them".repeat(100).getBytes(UTF_8);
    HttpResponse<String> told = send(PROGRAM, to, file, garbage);
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(json(told).getString("status")).isEqualTo("error");
    String message = json(told).getString("message");
    assertThat(message).isNotBlank().contains(why == null ? "" : why).doesNotContain("internal");

    HttpResponse<String> sent = send(BROWSER, to, file, garbage);
    assertThat(sent.statusCode()).isEqualTo(303);
    assertThat(location(sent)).startsWith(to.replaceFirst("\\?.*", "") + "?job=");
    assertThat(BROWSER.get(location(sent)).body())
        .contains("role=\"alert\"", "Nothing was published", escaped(message), "<form id=");
    assertThat(flist("form-broken")).isEqualTo(404);
  }

  @Test
  void credentials_for_a_registry_are_not_shown_again() throws IOException {
    Form form =
        new Form()
            .field("image", "127.0.0.1:1/secret/app")
            .field("username", "the-user")
            .field("password", "the-password");
    HttpResponse<String> sent = BROWSER.post("/docker-convert", form);
    String page = BROWSER.get(location(sent)).body();
    assertThat(page).contains("could not pull this image");
    assertThat(page + HUB.log() + Files.readString(HUB.dataDirectory().resolve("audit.log")))
        .doesNotContain("the-user", "the-password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/upload", "/upload-flist", "/docker-convert", "/upload?job=new"})
  void a_form_of_another_site_is_refused(String to) throws IOException {
    for (Uploader client : List.of(BROWSER, PROGRAM)) {
      Uploader foreign = client.with("Origin", "https://evil.example");
      assertThat(send(foreign, to, "form-foreign.tar.gz", ARCHIVE).statusCode()).isEqualTo(403);
      Uploader crossing = client.with("Sec-Fetch-Site", "cross-site");
      assertThat(send(crossing, to, "form-foreign.tar.gz", ARCHIVE).statusCode()).isEqualTo(403);
    }
    assertThat(flist("form-foreign")).isEqualTo(404);
  }

  @Test
  void a_job_that_was_made_first_is_watched_to_its_end() throws IOException {
    String job = newJob();
    try (EventListener listener = new EventListener(HUB.uri("/listen/" + job), 0)) {
      JsonObject first = listener.next().data();
      assertThat(first.getString("status")).isEqualTo("update");
      assertThat(first.getInt("received")).isZero();

      byte[] large = new TarBytes().file("noise", noise(3_000_000)).file("b", "b").gzip();
      JsonObject told = json(send(PROGRAM, "/upload?job=" + job, "form-job.tar.gz", large));
      assertThat(told.getString("jobid")).isEqualTo(job);

      JsonObject last = listener.last().data();
      assertThat(last.getString("status")).isEqualTo("info");
      assertThat(last.getJsonObject("info").getInt("received")).isGreaterThan(3_000_000);
      assertThat(last.getJsonObject("info").getInt("chunks_new")).isEqualTo(7);
    }
  }

  @Test
  void a_job_takes_one_form_and_only_of_its_own_id() throws IOException {
    String job = newJob();
    send(PROGRAM, "/upload?job=" + job, "form-once.tar.gz", ARCHIVE);
    JsonObject again = json(send(PROGRAM, "/upload?job=" + job, "form-twice.tar.gz", ARCHIVE));
    assertThat(again.getString("message")).contains("make another");
    assertThat(flist("form-twice")).isEqualTo(404);
    assertThat(
            send(PROGRAM, "/upload?job=" + "0".repeat(32), "form-twice.tar.gz", ARCHIVE)
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void what_is_cancelled_in_the_middle_leaves_nothing() throws IOException {
    String job = newJob();
    byte[] start = half();
    int middle = start.length / 2;
    try (HalfUpload upload =
            new HalfUpload(
                HUB.port(),
                "/upload?job=" + job,
                "",
                "form-cancel.tar.gz",
                Arrays.copyOf(start, middle));
        EventListener listener = new EventListener(HUB.uri("/listen/" + job), 0)) {
      awaitFile(listener);
      upload.send(Arrays.copyOfRange(start, middle, start.length));
      assertThat(PROGRAM.send("POST", "/listen/" + job).statusCode()).isEqualTo(204);
      assertThat(listener.last().data().getString("message")).isEqualTo("cancelled");
    }
    assertThat(flist("form-cancel")).isEqualTo(404);
    assertThat(leftovers("form-cancel")).isEmpty();
  }

  @Test
  void what_breaks_off_leaves_nothing() throws IOException {
    String job = newJob();
    try (EventListener listener = new EventListener(HUB.uri("/listen/" + job), 0)) {
      HalfUpload upload =
          new HalfUpload(HUB.port(), "/upload?job=" + job, "", "form-cut.tar.gz", half());
      awaitFile(listener);
      upload.close();
      JsonObject last = listener.last().data();
      assertThat(last.getString("status")).isEqualTo("error");
      assertThat(last.getString("message")).doesNotContain("internal");
    }
    assertThat(flist("form-cut")).isEqualTo(404);
    assertThat(leftovers("form-cut")).isEmpty();
  }

  @Test
  void a_job_that_nobody_knows_cannot_be_cancelled() throws IOException {
    assertThat(PROGRAM.send("POST", "/listen/" + "0".repeat(32)).statusCode()).isEqualTo(404);
    String job = newJob();
    Uploader foreign = PROGRAM.with("Origin", "https://evil.example");
    assertThat(foreign.send("POST", "/listen/" + job).statusCode()).isEqualTo(403);
    assertThat(PROGRAM.get("/api/jobs/" + job).body()).contains("waiting");
  }

  private static void awaitFile(EventListener listener) throws IOException {
    JsonObject event = listener.next().data();
    while (!event.getString("message").startsWith("receiving")) {
      event = listener.next().data();
    }
  }

  private static byte[] half() {
    byte[] whole = new TarBytes().file("noise", noise(2_000_000)).gzip();
    return Arrays.copyOf(whole, 1_500_000);
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String newJob() throws IOException {
    return json(PROGRAM.send("POST", "/upload?job=new")).getString("jobid");
  }

  private static JsonObject ending(String job) throws IOException {
    try (EventListener listener = new EventListener(HUB.uri("/listen/" + job), 0)) {
      return listener.last().data();
    }
  }

  private static HttpResponse<String> send(Uploader by, String to, String name, byte[] file)
      throws IOException {
    return by.post(to, new Form().file("file", name, file));
  }

  private static int flist(String name) throws IOException {
    return PROGRAM.get("/api/flist/Administrator/" + name + ".flist/light").statusCode();
  }

  private static List<Path> leftovers(String name) throws IOException {
    try (Stream<Path> files = Files.walk(HUB.dataDirectory())) {
      return files.filter(file -> file.getFileName().toString().contains(name)).toList();
    }
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
