package tf.grid.hub.it.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.it.signin.Browser.escaped;
import static tf.grid.hub.it.signin.Browser.fields;
import static tf.grid.hub.it.signin.Browser.form;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.client.Uploader;

/** Forms are what a button sends: no address does what they do, and none keeps others waiting. */
class FormsByLinkIT {
  private static final SignInHub HUB = SignInHub.shared();
  private static final Uploader ANYONE = new Uploader(HUB.hub().uri("/"));
  private static final String STATE = "jakarta.faces.ViewState";
  private static Browser ruth;

  @BeforeAll
  static void publish() throws IOException {
    ruth = new Browser(HUB.address());
    ruth.submit(ruth.get("/login-method"), "trial", Map.of("trial:name", "ruth"));
    String made =
        ANYONE
            .with("Content-Type", "application/x-www-form-urlencoded")
            .postText("/api/tokens", "user=ruth")
            .body();
    String token = made.replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    Uploader uploads = ANYONE.with("Authorization", "bearer " + token);
    for (String name : List.of("linked", "other")) {
      byte[] archive = new TarBytes().file("name", name).gzip();
      assertThat(uploads.upload(name + ".tar.gz", archive).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> page = ruth.get("/ruth?manage=linked.flist");
    ruth.submit(page, "put", Map.of("put:tag", "kept"));
  }

  @ParameterizedTest
  @CsvSource({
    "/ruth?manage=linked.flist&delete, delete, x, x",
    "/ruth?manage=linked.flist, rename, rename:name, lost",
    "/ruth?manage=linked.flist, link, link:name, lost",
    "/ruth?manage=linked.flist, copy, copy:name, lost",
    "/ruth?manage=linked.flist, put, put:tag, lost",
    "/ruth?manage=tags%2Fkept, tag-link, tag-link:name, lost",
    "/ruth?manage=tags%2Fkept, entries, entries:untag, linked.flist",
    "/ruth?manage=tags%2Fkept&delete, delete, x, x",
    "/merge?source=ruth%2Flinked&source=ruth%2Fother, merge, merge:name, lost",
    "/token, new, new:scopes, read",
    "/token, list, list:revoke, x",
    "/login-method, account, account:chosen, ruth",
    "/login-method, trial, trial:name, lost",
    "/logout, end, x, x",
  })
  void no_link_does_what_a_form_does(String page, String form, String field, String value)
      throws IOException {
    Map<String, String> sent = fields(form(ruth.get(page).body(), form));
    assertThat(sent).containsKey(STATE);
    List<String> tokens = tokens();
    sent.put(field, field.equals("list:revoke") ? tokens.get(0) : value);
    String link =
        sent.entrySet().stream()
            .map(entry -> escaped(entry.getKey()) + "=" + escaped(entry.getValue()))
            .collect(Collectors.joining("&", page + (page.contains("?") ? "&" : "?"), ""));
    String before = ANYONE.get("/api/flist/ruth").body();
    String session = ruth.cookie("hub-session").orElseThrow();
    for (String method : List.of("GET", "HEAD", "POST")) {
      HttpResponse<String> answer = send(method, link, session);
      assertThat(answer.statusCode()).as(method).isEqualTo(method.equals("POST") ? 403 : 400);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }
    assertThat(ruth.get(link).body()).contains("by a button, not by a link");
    assertThat(ANYONE.get("/api/flist/ruth").body()).isEqualTo(before);
    assertThat(ANYONE.get("/api/flist/ruth/tags/kept").body()).contains("linked.flist");
    assertThat(tokens()).isEqualTo(tokens);
  }

  /** The identifiers of the tokens that can be revoked. */
  private static List<String> tokens() throws IOException {
    return Pattern.compile("name=\"list:revoke\" value=\"([^\"]+)\"")
        .matcher(ruth.get("/token").body())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static HttpResponse<String> send(String method, String link, String session)
      throws IOException {
    return ANYONE.with("Cookie", "hub-session=" + session).send(method, link);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA", "stateless", "-1:1", "rO0ABXQAAWE="})
  void a_forged_state_shows_the_page_again_and_leaves_no_trace(String state) throws IOException {
    for (String page : List.of("/ruth?manage=linked.flist&delete", "/token", "/login-method")) {
      HttpResponse<String> answer = ruth.post(page, Map.of(STATE, state), Map.of());
      assertThat(answer.statusCode()).as(page).isEqualTo(409);
      assertThat(answer.body()).contains("Your form was not processed");
    }
    assertThat(HUB.hub().log()).doesNotContain("FacesException", "\tat com.sun.faces");
  }

  @Test
  void a_sign_in_from_where_the_hub_is_not_known_is_refused_in_words() throws IOException {
    HttpResponse<String> page = ruth.get("/login-method");
    Map<String, String> form = fields(form(page.body(), "trial"));
    form.put("trial:name", "sam");
    assertThat(ruth.post("/login-method", form, Map.of("Origin", "null")).statusCode())
        .isEqualTo(403);
    assertThat(ruth.post("/login-method", form, Map.of("Sec-Fetch-Site", "same-site")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void slow_anonymous_forms_do_not_block_others() throws Exception {
    List<String> pages =
        List.of("/login-method", "/", "/ruth", "/search", "/none/at/all", "/a/b/c.xhtml");
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 210; i++) {
        slow.add(slowForm(pages.get(i % pages.size())));
      }
      assertThat(ANYONE.get("/").statusCode()).isEqualTo(200);
      assertThat(ANYONE.get("/ruth/linked.flist").statusCode()).isEqualTo(200);
      List<String> answers = new ArrayList<>();
      for (Socket socket : slow.subList(180, 204)) {
        answers.add(statusOf(socket));
      }
      assertThat(answers).anyMatch(line -> line.contains(" 429 "));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Sends a form that does not end. */
  private static Socket slowForm(String path) throws IOException {
    Socket socket = new Socket(HUB.hub().uri("/").getHost(), HUB.hub().port());
    socket.setSoTimeout(300_000);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: hub\r\nAccept: text/html\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\na";
    socket.getOutputStream().write(head.getBytes(ISO_8859_1));
    return socket;
  }

  private static String statusOf(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))
        .readLine();
  }
}
