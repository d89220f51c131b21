package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.it.signin.Browser.escaped;
import static tf.grid.hub.it.signin.Browser.location;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tf.grid.hub.it.OpenIdServer;

/** Signing in with a real OpenID Connect provider. */
class OpenIdIT {
  private static final SignInHub HUB = SignInHub.shared();

  private final Browser browser = new Browser(HUB.address());

  /** Goes to the provider, fills in its form, and stops where it sends the browser back. */
  private String returnAddress(Browser visitor, String destination, String claims)
      throws IOException {
    HttpResponse<String> away = visitor.get("/login-oidc?to=" + escaped(destination));
    assertThat(away.statusCode()).as(away.body()).isEqualTo(302);
    String there = location(away).orElseThrow();
    visitor.get(there);
    Map<String, String> form = new HashMap<>();
    form.put("username", "subject-of-the-provider");
    form.put("claims", claims);
    HttpResponse<String> back = visitor.post(there, form, Map.of());
    assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
    return location(back).orElseThrow();
  }

  private static String claims(String name) {
    return "{\"preferred_username\": \"" + name + "\", \"groups\": [\"team-apps\", \"no/name\"]}";
  }

  @Test
  void the_provider_is_asked_with_state_nonce_and_code_challenge() throws IOException {
    String there = location(browser.get("/login-oidc")).orElseThrow();
    assertThat(there)
        .contains("response_type=code", "client_id=" + OpenIdServer.CLIENT, "state=", "nonce=")
        .contains("code_challenge=", "code_challenge_method=S256")
        .contains("redirect_uri=" + escaped(HUB.address() + "/callback_oidc"));
  }

  @Test
  void who_the_provider_knows_is_signed_in_and_sent_on() throws IOException {
    HttpResponse<String> back = browser.get(returnAddress(browser, "/token", claims("carol")));

    assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
    assertThat(location(back)).hasValue("/token");
    assertThat(browser.get("/logout").body()).contains("<strong>carol</strong>");
  }

  @Test
  void the_session_begins_when_the_sign_in_ends() throws IOException {
    String address = returnAddress(browser, "/", claims("carol"));
    assertThat(browser.cookie("hub-session")).isEmpty();
    browser.get(address);
    assertThat(browser.cookie("hub-session")).isPresent();
    assertThat(browser.cookie("hub-sign-in")).isEmpty();
  }

  @Test
  void a_code_is_good_in_the_browser_that_asked_only() throws IOException {
    String address = returnAddress(browser, "/", claims("carol"));
    Browser other = new Browser(HUB.address());
    refused(other, other.get(address));
  }

  @Test
  void a_return_without_the_right_state_is_refused() throws IOException {
    String address = returnAddress(browser, "/", claims("carol"));
    refused(browser, browser.get(address.replaceFirst("state=[^&]*", "state=other")));
    Browser third = new Browser(HUB.address());
    String again = returnAddress(third, "/", claims("carol"));
    refused(third, third.get(again.replaceFirst("&?state=[^&]*", "")));
  }

  @Test
  void a_return_is_good_once() throws IOException {
    String address = returnAddress(browser, "/", claims("carol"));
    assertThat(browser.get(address).statusCode()).isEqualTo(303);
    assertThat(browser.get(address).statusCode()).isEqualTo(403);
  }

  @Test
  void a_made_up_code_is_refused() throws IOException {
    String address = returnAddress(browser, "/", claims("carol"));
    refused(browser, browser.get(address.replaceFirst("code=[^&]*", "code=made-up")));
  }

  @Test
  void a_name_that_no_account_can_have_is_refused() throws IOException {
    for (String name : new String[] {"../etc", ".hidden", ""}) {
      Browser visitor = new Browser(HUB.address());
      refused(visitor, visitor.get(returnAddress(visitor, "/", claims(name))));
    }
  }

  @Test
  void an_error_of_the_provider_is_no_sign_in() throws IOException {
    browser.get("/login-oidc");
    refused(browser, browser.get("/callback_oidc?error=access_denied"));
  }

  private static void refused(Browser who, HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("Not signed in").doesNotContain("Exception");
    assertThat(who.get("/logout").body()).contains("You are not signed in");
  }
}
