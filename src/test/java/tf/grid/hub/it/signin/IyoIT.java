package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.it.signin.Browser.escaped;
import static tf.grid.hub.it.signin.Browser.location;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.client.Uploader;
import tf.grid.hub.it.AuditLines;

/** Signing in with itsyou.online. */
class IyoIT {
  private static final SignInHub HUB = SignInHub.shared();

  private final Browser browser = new Browser(HUB.address());

  @BeforeEach
  void the_site_is_honest() {
    HUB.itsyou().says(Map.of());
  }

  /** Goes there and stops where it sends the browser back. */
  private static String returnAddress(Browser visitor, String destination) throws IOException {
    String there = location(visitor.get("/login-iyo?to=" + escaped(destination))).orElseThrow();
    HttpResponse<String> back = visitor.get(there);
    assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
    return location(back).orElseThrow();
  }

  @Test
  void who_is_known_there_is_signed_in_and_sent_on() throws IOException {
    HttpResponse<String> back = browser.get(returnAddress(browser, "/token"));

    assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
    assertThat(location(back)).hasValue("/token");
    assertThat(browser.get("/logout").body()).contains("<strong>frank</strong>");
  }

  @Test
  void members_of_an_organisation_act_for_the_account_of_its_name() throws IOException {
    browser.get(returnAddress(browser, "/"));
    HttpResponse<String> made =
        browser.submit(browser.get("/token"), "new", Map.of("new:scopes", "read", "new:days", "1"));
    Matcher token = Pattern.compile("id=\"made\">([^<]+)<").matcher(made.body());
    assertThat(token.find()).as(made.body()).isTrue();
    Uploader client =
        new Uploader(HUB.address().resolve("/")).with("Authorization", "bearer " + token.group(1));

    String team = ItsyouSite.CLIENT + ".apps";
    assertThat(client.with("X-Active-User", team).get("/api/flist/me").body()).contains(team);
    assertThat(client.with("X-Active-User", "others").get("/api/flist/me").statusCode())
        .isEqualTo(403);
  }

  static Stream<Map<String, Object>> wrongClaims() {
    return Stream.of(
        Map.of("iss", "https://itsyou.online"),
        Map.of("azp", "another-site"),
        Map.of("azp", ""),
        Map.of("exp", Instant.now().getEpochSecond() - 1),
        Map.of("username", "../frank"),
        Map.of("username", ""),
        Map.of("scope", 7));
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void a_token_that_says_something_else_is_refused(Map<String, Object> claims) throws IOException {
    HUB.itsyou().says(claims);
    refused(browser.get(returnAddress(browser, "/")));
  }

  @Test
  void a_forged_token_is_refused() throws IOException {
    HUB.itsyou().forges();
    refused(browser.get(returnAddress(browser, "/")));
  }

  @Test
  void a_return_without_the_state_of_this_browser_is_refused() throws IOException {
    for (String state : new String[] {"&state=other", "", "&state="}) {
      String address = returnAddress(browser, "/");
      refused(browser.get(address.replaceFirst("&state=[^&]*", state)));
    }
    String address = returnAddress(new Browser(HUB.address()), "/");
    refused(browser.get(address));
    browser.get("/login-iyo");
    refused(browser.get(address));
  }

  @Test
  void a_return_is_good_once() throws IOException {
    String address = returnAddress(browser, "/");
    assertThat(browser.get(address).statusCode()).isEqualTo(303);
    assertThat(browser.get(address).statusCode()).isEqualTo(403);
  }

  @Test
  void a_made_up_code_is_refused() throws IOException {
    String address = returnAddress(browser, "/");
    refused(browser.get(address.replaceFirst("code=[^&]*", "code=made-up")));
    refused(browser.get(returnAddress(browser, "/").replaceFirst("code=[^&]*&", "")));
  }

  @Test
  void cancelling_is_no_sign_in() throws IOException {
    browser.get("/login-iyo");
    refused(browser.get("/_iyo_callback?error=access_denied"));
  }

  @Test
  void the_audit_log_tells_who_came_how_and_no_secret() throws IOException {
    String good = returnAddress(browser, "/");
    browser.get(good);
    String token = HUB.itsyou().lastToken();
    String bad = returnAddress(browser, "/").replaceFirst("state=.*", "state=another");
    browser.get(bad);

    String name = "\"names\":{\"with\":\"itsyou.online\"}";
    AuditLines log = HUB.audit();
    log.await("\"action\":\"sign-in\"", "\"user\":\"frank\"", name, "\"status\":200");
    log.await("\"action\":\"sign-in\"", name, "\"status\":403", "was not started in this browser");
    assertThat(log.text() + HUB.hub().log())
        .doesNotContain(token, ItsyouSite.SECRET, parameter(good, "code"), parameter(good, "state"))
        .doesNotContain(parameter(bad, "code"));
  }

  private static String parameter(String address, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(address);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private void refused(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("Not signed in").doesNotContain("Exception");
    assertThat(browser.get("/logout").body()).contains("You are not signed in");
  }
}
