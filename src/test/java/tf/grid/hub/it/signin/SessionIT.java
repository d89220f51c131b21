package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.it.signin.Browser.escaped;
import static tf.grid.hub.it.signin.Browser.fields;
import static tf.grid.hub.it.signin.Browser.form;
import static tf.grid.hub.it.signin.Browser.location;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.it.AuditLines;

/** Trial sign-in, sessions, the forms of the site and what others try with them. */
class SessionIT {
  private static final SignInHub HUB = SignInHub.shared();
  private static final String SESSION = "hub-session";

  private final Browser browser = new Browser(HUB.address());

  private HttpResponse<String> signIn(String name, String destination) throws IOException {
    HttpResponse<String> page = browser.get("/login-method?to=" + escaped(destination));
    return browser.submit(page, "trial", Map.of("trial:name", name));
  }

  @Test
  void any_name_is_taken_on_a_trial_hub() throws IOException {
    HttpResponse<String> answer = signIn("erin", "/token");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(location(answer)).hasValue("/token");
    assertThat(browser.get("/token").body()).contains("erin", "New token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".hidden", "a/b", "../etc"})
  void a_name_that_no_account_can_have_is_refused(String name) throws IOException {
    HttpResponse<String> answer = signIn(name, "/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("role=\"alert\"");
    assertThat(browser.cookie(SESSION)).isEmpty();
  }

  @Test
  void visitors_who_do_not_sign_in_get_no_session() throws IOException {
    for (String page :
        new String[] {"/login-method", "/logout", "/token", "/token/x", "/nothing"}) {
      assertThat(browser.get(page).headers().allValues("Set-Cookie")).as(page).isEmpty();
    }
  }

  @Test
  void the_cookie_is_for_the_server_and_for_this_site() throws IOException {
    HttpResponse<String> answer = signIn("erin", "/");
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(SESSION + "=")
        .containsIgnoringCase("; HttpOnly")
        .containsIgnoringCase("; SameSite=Lax")
        .containsIgnoringCase("Path=/");
    assertThat(answer.body()).doesNotContain("jsessionid");
    assertThat(location(answer).orElseThrow()).doesNotContain("jsessionid");
  }

  @Test
  void a_session_that_somebody_else_has_planted_is_not_used() throws IOException {
    Browser attacker = new Browser(HUB.address());
    attacker.submit(attacker.get("/login-method"), "trial", Map.of("trial:name", "mallory"));
    String planted = attacker.cookie(SESSION).orElseThrow();
    browser.setCookie(SESSION, planted);

    signIn("erin", "/");

    assertThat(browser.cookie(SESSION)).isPresent().get().isNotEqualTo(planted);
    assertThat(attacker.get("/logout").body()).contains("You are not signed in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/%0d%0aLocation:evil",
        "javascript:alert(1)",
        "/\t/evil.example",
        "///evil.example",
        "evil.example",
        "",
      })
  void a_sign_in_never_leads_to_another_site(String destination) throws IOException {
    String home = HUB.address() + "/";
    HttpResponse<String> answer = signIn("erin", destination);
    String to = HUB.address().resolve(location(answer).orElseThrow()).toString();
    assertThat(to).startsWith(home).doesNotStartWith(home + "/");
    assertThat(to).doesNotContain("\r", "\n");
  }

  @Test
  void signing_out_takes_a_form() throws IOException {
    signIn("erin", "/");
    HttpResponse<String> page = browser.get("/logout");
    assertThat(page.body()).contains("erin");
    assertThat(browser.get("/logout").body()).contains("erin");
    browser.setCookie("active-user", "erin");

    HttpResponse<String> answer = browser.submit(page, "end", Map.of());

    assertThat(browser.cookie("active-user")).isEmpty();
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).hasValue("/");
    assertThat(browser.get("/logout").body()).contains("You are not signed in");
  }

  @Test
  void a_form_without_the_state_of_a_page_is_refused() throws IOException {
    signIn("erin", "/");
    Map<String, String> form = fields(form(browser.get("/logout").body(), "end"));
    form.remove("jakarta.faces.ViewState");
    assertThat(browser.post("/logout", form, Map.of()).statusCode()).isEqualTo(403);
    assertThat(browser.get("/logout").body()).contains("erin");
  }

  @Test
  void a_form_with_a_made_up_state_does_nothing() throws IOException {
    signIn("erin", "/");
    Map<String, String> form = fields(form(browser.get("/logout").body(), "end"));
    form.put("jakarta.faces.ViewState", "AAAA" + form.get("jakarta.faces.ViewState").substring(4));
    HttpResponse<String> answer = browser.post("/logout", form, Map.of());
    assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(answer.body()).doesNotContain("Exception");
    assertThat(browser.get("/logout").body()).contains("erin");
  }

  @Test
  void a_form_from_before_a_restart_needs_the_session_only_if_it_is_for_users() throws IOException {
    HttpResponse<String> choice = browser.get("/login-method");
    Browser user = new Browser(HUB.address());
    user.submit(user.get("/login-method"), "trial", Map.of("trial:name", "erin"));
    HttpResponse<String> tokens = user.get("/token");
    HUB.hub().stop();
    HUB.hub().restart();

    HttpResponse<String> again = browser.submit(choice, "trial", Map.of("trial:name", "erin"));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(303);
    assertThat(browser.get("/logout").body()).contains("erin");

    HttpResponse<String> lost = user.submit(tokens, "new", Map.of("new:label", "x"));
    assertThat(lost.statusCode()).isEqualTo(303);
    assertThat(location(lost)).hasValue("/login-method?to=%2Ftoken&unsent");
    assertThat(user.get("/login-method?to=%2Ftoken&unsent").body())
        .contains("Your form was not processed");
    assertThat(HUB.hub().log()).doesNotContain("ViewExpiredException");
  }

  @Test
  void a_form_without_the_token_of_the_session_is_shown_again_and_does_nothing()
      throws IOException {
    Browser other = new Browser(HUB.address());
    other.submit(other.get("/login-method"), "trial", Map.of("trial:name", "mallory"));
    String foreign = fields(form(other.get("/logout").body(), "end")).get("form-token");
    signIn("erin", "/");
    Map<String, String> form = fields(form(browser.get("/logout").body(), "end"));
    assertThat(form.get("form-token")).matches("[0-9a-f]{32}").isNotEqualTo(foreign);
    for (String wrong : new String[] {"", "x", foreign}) {
      form.put("form-token", wrong);
      HttpResponse<String> answer = browser.post("/logout", form, Map.of());
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("Your form was not processed");
    }
    form.remove("form-token");
    assertThat(browser.post("/logout?form-token=" + foreign, form, Map.of()).statusCode())
        .isEqualTo(409);
    assertThat(browser.get("/logout").body()).contains("erin");
  }

  @Test
  void a_cookie_that_was_copied_is_worth_nothing_after_signing_out() throws IOException {
    signIn("erin", "/");
    String copied = browser.cookie(SESSION).orElseThrow();
    browser.submit(browser.get("/logout"), "end", Map.of());
    assertThat(browser.cookie(SESSION)).isEmpty();
    browser.setCookie(SESSION, copied);
    assertThat(browser.get("/logout").body()).contains("You are not signed in");
  }

  @Test
  void a_token_made_on_the_page_is_good_for_one_repository() throws IOException {
    signIn("frank", "/");
    Map<String, String> choice =
        Map.of("new:label", "narrow", "new:scopes", "write", "new:only", "frank", "new:days", "7");
    browser.submit(browser.get("/token"), "new", choice);
    HttpResponse<String> page = browser.get("/token");
    assertThat(page.body()).contains("narrow", "write, frank only");

    Map<String, String> other = new HashMap<>(choice);
    other.put("new:only", "erin");
    other.put("new:label", "stolen");
    assertThat(browser.submit(page, "new", other).body()).doesNotContain("id=\"made\"");
    Map<String, String> admin = new HashMap<>(choice);
    admin.put("new:scopes", "admin");
    assertThat(browser.submit(page, "new", admin).body())
        .contains("a token for one repository cannot have the scope admin")
        .doesNotContain("id=\"made\"");

    Matcher id = Pattern.compile("name=\"list:revoke\" value=\"([^\"]+)\"").matcher(page.body());
    assertThat(id.find()).isTrue();
    browser.get("/token?list:revoke=" + id.group(1));
    assertThat(browser.get("/token").body()).contains(id.group(1)).doesNotContain("stolen");
  }

  @Test
  void those_who_start_to_sign_in_and_do_not_come_back_shut_nobody_out() throws IOException {
    Browser user = new Browser(HUB.address());
    user.submit(user.get("/login-method"), "trial", Map.of("trial:name", "heidi"));
    Uploader flood = new Uploader(HUB.hub().uri("/"));
    for (int i = 0; i < 1_000; i++) {
      assertThat(flood.send("GET", "/login").statusCode()).isEqualTo(302);
    }

    assertThat(signIn("ivan", "/").statusCode()).isEqualTo(303);
    assertThat(user.get("/logout").body()).contains("heidi");
  }

  @Test
  void the_audit_log_has_sign_ins_sign_outs_and_tokens() throws IOException {
    signIn("grace", "/");
    HttpResponse<String> made =
        browser.submit(
            browser.get("/token"),
            "new",
            Map.of("new:label", "audited", "new:scopes", "read", "new:days", "7"));
    Matcher text = Pattern.compile("id=\"made\">([^<]+)<").matcher(made.body());
    assertThat(text.find()).as(made.body()).isTrue();
    HttpResponse<String> page = browser.get("/token");
    Matcher id = Pattern.compile("name=\"list:revoke\" value=\"([^\"]+)\"").matcher(page.body());
    assertThat(id.find()).isTrue();
    browser.submit(page, "list", Map.of("list:revoke", id.group(1)));
    String session = browser.cookie(SESSION).orElseThrow();
    browser.submit(browser.get("/logout"), "end", Map.of());

    String grace = "\"user\":\"grace\"";
    AuditLines log = HUB.audit();
    log.await("\"action\":\"sign-in\"", grace, "\"with\":\"any name\"", "\"from\":\"127.0.0.1\"");
    log.await("\"action\":\"make-token\"", grace, id.group(1));
    log.await("\"action\":\"revoke-token\"", grace, id.group(1));
    log.await("\"action\":\"sign-out\"", grace);
    assertThat(log.text() + HUB.hub().log()).doesNotContain(text.group(1), session);
  }

  @Test
  void a_form_from_another_site_is_refused() throws IOException {
    signIn("erin", "/");
    Map<String, String> form = fields(form(browser.get("/logout").body(), "end"));
    for (Map<String, String> header :
        List.of(Map.of("Origin", "https://evil.example"), Map.of("Origin", "null"))) {
      assertThat(browser.post("/logout", form, header).statusCode()).isEqualTo(403);
    }
    assertThat(browser.post("/logout", form, Map.of("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(403);
    assertThat(browser.get("/logout").body()).contains("erin");
  }

  @Test
  void a_session_is_worth_nothing_to_the_api() throws IOException {
    signIn("erin", "/");
    Uploader api =
        new Uploader(HUB.hub().uri("/"))
            .with("Cookie", SESSION + "=" + browser.cookie(SESSION).orElseThrow());
    assertThat(api.get("/api/flist/me").statusCode()).isEqualTo(401);
    assertThat(api.get("/api/flist/me").body()).contains("no authorization provided");
  }

  @Test
  void pages_for_users_send_others_to_sign_in_and_back() throws IOException {
    HttpResponse<String> answer = browser.get("/token");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).hasValue("/login-method?to=%2Ftoken");
  }

  @Test
  void a_token_is_shown_once_works_and_can_be_revoked() throws IOException {
    signIn("erin", "/token");
    HttpResponse<String> made =
        browser.submit(
            browser.get("/token"),
            "new",
            Map.of("new:label", "<b>Büro 日本</b>", "new:scopes", "read", "new:days", "7"));
    Matcher text = Pattern.compile("id=\"made\">([^<]+)<").matcher(made.body());
    assertThat(text.find()).as(made.body()).isTrue();
    Uploader client =
        new Uploader(HUB.hub().uri("/")).with("Authorization", "bearer " + text.group(1));
    assertThat(client.get("/api/flist/me").body()).contains("\"erin\"");

    HttpResponse<String> page = browser.get("/token");
    assertThat(page.body())
        .contains("&lt;b&gt;Büro 日本&lt;/b&gt;")
        .doesNotContain(text.group(1), "<b>Büro");
    Matcher id = Pattern.compile("name=\"list:revoke\" value=\"([^\"]+)\"").matcher(page.body());
    assertThat(id.find()).isTrue();
    HttpResponse<String> revoked = browser.submit(page, "list", Map.of("list:revoke", id.group(1)));
    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(revoked.body()).doesNotContain(id.group(1));
    assertThat(client.get("/api/flist/me").statusCode()).isEqualTo(401);
  }

  @Test
  void addresses_of_earlier_hubs_lead_to_a_notice_or_to_the_pages_of_today() throws IOException {
    HttpResponse<String> notice = browser.get("/token/eyJhbGciOi.secret");
    assertThat(notice.statusCode()).isEqualTo(200);
    assertThat(notice.body()).contains("Create a new token").doesNotContain("eyJhbGciOi");
    assertThat(location(browser.get("/callback_token"))).hasValue("/token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login",
        "/login-oidc",
        "/login-iyo",
        "/callback_threebot",
        "/callback_token",
        "/callback_oidc",
        "/_iyo_callback"
      })
  void addresses_of_sign_ins_may_end_with_a_slash(String address) throws IOException {
    HttpResponse<String> plain = browser.get(address);
    HttpResponse<String> ended = browser.get(address + "/");

    assertThat(plain.statusCode()).isLessThan(404);
    assertThat(ended.statusCode()).isEqualTo(plain.statusCode());
    assertThat(location(ended).map(SessionIT::withoutQuery))
        .isEqualTo(location(plain).map(SessionIT::withoutQuery));
  }

  /** What a provider is asked differs from one time to the next. */
  private static String withoutQuery(String address) {
    return address.replaceFirst("\\?.*", "");
  }

  @Test
  void pages_have_nothing_inline_and_are_not_kept() throws IOException {
    for (String address : new String[] {"/login-method", "/logout", "/token/x", "/nothing"}) {
      HttpResponse<String> page = browser.get(address);
      assertThat(page.headers().firstValue("Content-Type"))
          .as(address + page.statusCode())
          .hasValueSatisfying(type -> assertThat(type).contains("text/html"));
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'")
          .doesNotContain("unsafe");
      assertThat(page.body().replaceAll("<script type=\"module\" src=\"[^\"]+\"></script>", ""))
          .doesNotContain("<script", " onclick", " onsubmit", "style=");
    }
    assertThat(browser.get("/login-method").headers().firstValue("Cache-Control"))
        .hasValue("no-store");
  }

  @Test
  void style_sheets_and_scripts_are_packed_and_kept_until_they_change() throws IOException {
    String page = browser.get("/login-method").body();
    Matcher links = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"").matcher(page);
    List<String> addresses = links.results().map(link -> link.group(1)).distinct().toList();
    assertThat(addresses).as(page).hasSize(5);
    for (String address : addresses) {
      HttpResponse<String> packed = browser.get(address, Map.of("Accept-Encoding", "gzip"));
      assertThat(packed.headers().firstValue("Content-Encoding")).as(address).hasValue("gzip");
      assertThat(packed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
      assertThat(packed.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
      HttpResponse<String> plain = browser.get(address);
      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(plain.headers().firstValue("Content-Type").orElseThrow())
          .matches("text/css.*|text/javascript.*|image/svg\\+xml");
    }
  }

  @Test
  void a_style_sheet_of_another_version_is_there_but_not_kept() throws IOException {
    HttpResponse<String> sheet = browser.get("/assets/000000000000/hub/bootstrap.css");
    assertThat(sheet.statusCode()).isEqualTo(200);
    assertThat(sheet.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(sheet.body())
        .contains("Bootstrap", "@media (prefers-color-scheme:dark){:root{color-scheme:dark;")
        .doesNotContain("sourceMappingURL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/",
        "/assets/x",
        "/assets/x/hub/nothing.css",
        "/assets/x/../WEB-INF/web.xml",
        "/jakarta.faces.resource/site.css.xhtml?ln=hub"
      })
  void other_addresses_of_style_sheets_have_nothing(String address) throws IOException {
    assertThat(browser.get(address).statusCode()).isBetween(400, 404);
  }

  @Test
  void files_behind_the_pages_are_nobodys_business() throws IOException {
    for (String address :
        new String[] {
          "/WEB-INF/pages/token.xhtml", "/token.xhtml", "/frame.xhtml", "/WEB-INF/web.xml"
        }) {
      assertThat(browser.get(address).statusCode()).as(address).isEqualTo(404);
    }
  }

  @Test
  void clients_that_want_no_page_get_a_line() throws IOException {
    HttpResponse<String> answer = new Uploader(HUB.hub().uri("/")).get("/nothing");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("error: not found\n");
  }
}
