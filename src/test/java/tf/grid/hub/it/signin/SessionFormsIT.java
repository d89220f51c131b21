package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.it.signin.Browser.location;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.client.Uploader.Form;

/** Forms that are read while they arrive belong to the session of who sends them. */
class SessionFormsIT {
  private static final SignInHub HUB = SignInHub.shared();
  private static final byte[] ARCHIVE = new TarBytes().file("a", "in a session\n").gzip();
  private static final String HTML = "text/html,*/*;q=0.8";

  private static Uploader as(String user, String accept) throws IOException {
    Browser browser = new Browser(HUB.address());
    HttpResponse<String> in =
        browser.submit(browser.get("/login-method"), "trial", Map.of("trial:name", user));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    return new Uploader(HUB.hub().uri("/"))
        .with("Accept", accept)
        .with("Cookie", "hub-session=" + browser.cookie("hub-session").orElseThrow());
  }

  private static String token(Uploader user) throws IOException {
    String page = user.get("/upload").body();
    Matcher field = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"").matcher(page);
    assertThat(field.find()).as(page).isTrue();
    return field.group(1);
  }

  private static Form form(String token) {
    return new Form().field("form-token", token).file("file", "session.tar.gz", ARCHIVE);
  }

  @Test
  void a_form_with_the_token_of_its_session_is_taken_and_audited() throws IOException {
    Uploader heidi = as("heidi", HTML);
    HttpResponse<String> answer = heidi.post("/upload", form(token(heidi)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(location(answer)).hasValue("/heidi/session.flist.md");
    HUB.audit().await("\"action\":\"upload\"", "\"user\":\"heidi\"", "\"name\":\"session.flist\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/upload", "/upload-flist", "/docker-convert"})
  void a_form_without_the_token_or_with_another_does_nothing(String to) throws IOException {
    String ofAnother = token(as("ivan", HTML));
    for (Form wrong :
        new Form[] {
          new Form().file("file", "session.tar.gz", ARCHIVE),
          new Form().file("file", "session.tar.gz", ARCHIVE).field("form-token", "late"),
          form(""),
          form(ofAnother)
        }) {
      HttpResponse<String> page = as("judy", HTML).post(to, wrong);
      assertThat(location(page)).hasValue(to + "?unsent");
      assertThat(as("judy", HTML).get(to + "?unsent").body())
          .contains("Your form was not processed");
      HttpResponse<String> json = as("judy", "application/json").post(to, wrong);
      assertThat(json.statusCode()).isEqualTo(403);
      assertThat(json.body()).contains("open the page again");
    }
    assertThat(as("judy", HTML).get("/api/flist/judy").statusCode()).isEqualTo(404);
  }

  @Test
  void scripts_send_the_token_as_a_header_first_for_the_job_then_with_the_file()
      throws IOException {
    Uploader karl = as("karl", "application/json");
    Uploader script = karl.with("X-Form-Token", token(karl));
    assertThat(karl.send("POST", "/upload?job=new").statusCode()).isEqualTo(403);
    String job =
        script.send("POST", "/upload?job=new").body().replaceAll(".*\"([0-9a-f]{32}).*\n", "$1");

    Uploader other = as("leo", "application/json");
    Uploader thief = other.with("X-Form-Token", token(other));
    assertThat(thief.post("/upload?job=" + job, form("")).statusCode()).isEqualTo(404);
    assertThat(thief.send("POST", "/listen/" + job).statusCode()).isEqualTo(404);
    assertThat(karl.send("POST", "/listen/" + job).statusCode()).isEqualTo(403);
    HUB.audit().await("\"action\":\"cancel-job\"", "\"user\":\"leo\"", job, "\"status\":404");
    HUB.audit().await("\"action\":\"cancel-job\"", "\"user\":\"karl\"", job, "\"status\":403");

    HttpResponse<String> sent = script.post("/upload?job=" + job, form(""));
    assertThat(sent.body()).contains("\"success\"", job);
    assertThat(script.get("/api/flist/karl").body()).contains("session.flist");
    assertThat(script.post("/upload?job=" + job, form("")).statusCode()).isEqualTo(409);
  }

  @Test
  void the_owner_cancels_with_the_token() throws IOException {
    Uploader mia = as("mia", "application/json");
    Uploader script = mia.with("X-Form-Token", token(mia));
    String job =
        script.send("POST", "/upload?job=new").body().replaceAll(".*\"([0-9a-f]{32}).*\n", "$1");
    assertThat(script.send("POST", "/listen/" + job).statusCode()).isEqualTo(204);
    assertThat(script.get("/api/jobs/" + job).body()).contains("cancelled");
    HUB.audit().await("\"action\":\"cancel-job\"", "\"user\":\"mia\"", job);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/upload", "/upload-flist", "/docker-convert"})
  void who_is_not_signed_in_is_sent_to_sign_in_and_programs_get_a_401(String to)
      throws IOException {
    Uploader nobody = new Uploader(HUB.hub().uri("/"));
    String choice = "/login-method?to=" + to.replace("/", "%2F");
    assertThat(location(nobody.get(to))).hasValue(choice);
    HttpResponse<String> page = nobody.with("Accept", HTML).post(to, form(""));
    assertThat(page.statusCode()).isEqualTo(303);
    assertThat(location(page)).hasValue(choice + "&unsent");
    assertThat(nobody.post(to, form("")).statusCode()).isEqualTo(401);
    assertThat(nobody.post(to, form("")).body()).contains("no authorization provided");
  }

  @Test
  void a_form_from_another_site_is_refused_even_with_the_token() throws IOException {
    Uploader nina = as("nina", HTML);
    String token = token(nina);
    assertThat(
            nina.with("Origin", "https://evil.example").post("/upload", form(token)).statusCode())
        .isEqualTo(403);
    assertThat(nina.get("/api/flist/nina").statusCode()).isEqualTo(404);
  }
}
