package tf.grid.hub.it.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static tf.grid.hub.it.signin.Browser.escaped;
import static tf.grid.hub.it.signin.Browser.location;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.it.signin.ThreefoldConnect.Reply;
import tf.grid.hub.it.signin.ThreefoldConnect.User;

/** Signing in with ThreeFold Connect, and every way to get in without. */
class ThreebotIT {
  private static final SignInHub HUB = SignInHub.shared();
  private static final User ALICE = HUB.threefold().user("alice.3bot");
  private static final User MALLORY = HUB.threefold().user("mallory.3bot");

  private Browser browser;
  private Map<String, String> asked;

  @BeforeEach
  void start() throws IOException {
    browser = new Browser(HUB.address());
    asked = start(browser, "/token");
  }

  /** What the hub sends the browser to ThreeFold Connect with. */
  private static Map<String, String> start(Browser browser, String destination) throws IOException {
    HttpResponse<String> away = browser.get("/login?to=" + escaped(destination));
    assertThat(away.statusCode()).isEqualTo(302);
    URI there = URI.create(location(away).orElseThrow());
    assertThat(there.toString()).startsWith(HUB.threefold().address() + "/?");
    return Arrays.stream(there.getQuery().split("&", -1))
        .collect(
            Collectors.toMap(
                pair -> pair.substring(0, pair.indexOf('=')),
                pair -> pair.substring(pair.indexOf('=') + 1)));
  }

  private Reply good(User user) {
    byte[] site = Base64.getDecoder().decode(asked.get("publickey"));
    return user.replyTo(asked.get("state"), asked.get("appid"), site);
  }

  private HttpResponse<String> come(Browser back, Reply reply) throws IOException {
    return back.get(asked.get("redirecturl") + "?signedAttempt=" + escaped(reply.parameter()));
  }

  @Test
  void the_app_is_asked_as_its_users_expect() {
    assertThat(asked.get("appid")).isEqualTo(HUB.address().getAuthority());
    assertThat(asked.get("redirecturl")).isEqualTo("/callback_threebot");
    assertThat(asked.get("state")).matches("[A-Za-z0-9]{32}");
    assertThat(Base64.getDecoder().decode(asked.get("publickey"))).hasSize(32);
    assertThat(asked.get("scope")).isEqualTo("{\"user\":true,\"email\":true}");
  }

  @Test
  void who_comes_back_with_a_good_proof_is_signed_in_and_sent_on() throws IOException {
    assertThat(browser.cookie("hub-session")).isEmpty();

    HttpResponse<String> back = come(browser, good(ALICE));

    assertThat(back.statusCode()).isEqualTo(303);
    assertThat(location(back)).hasValue("/token");
    assertThat(browser.cookie("hub-session")).isPresent();
    assertThat(browser.cookie("hub-sign-in")).isEmpty();
    assertThat(browser.get("/logout").body()).contains("alice.3bot");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("another state", reply -> reply.state = "A".repeat(32)),
        wrong("no state", reply -> reply.state = ""),
        wrong("a forged signature", reply -> reply.bitOfSignature = 77),
        wrong("a signature with another key", reply -> reply.signer = MALLORY),
        wrong("the name of somebody else outside", reply -> reply.outerName = "mallory.3bot"),
        wrong("the name of somebody else inside", reply -> reply.innerName = "mallory.3bot"),
        wrong("another site", reply -> reply.appId = "evil.example"),
        wrong("a box that was tampered with", reply -> reply.bitOfBox = 133),
        wrong("a box with a wrong tag", reply -> reply.bitOfBox = 3),
        wrong("an e-mail address that is not verified", reply -> reply.content = email(false)),
        wrong("no e-mail address", reply -> reply.content = Json.createObjectBuilder().build()),
        wrong("a name that nobody has", reply -> both(reply, "nobody.3bot")),
        wrong("a name of capitals", reply -> both(reply, "ALICE.3bot")),
        wrong("a name without its ending", reply -> both(reply, "alice")),
        wrong("a name that is a path", reply -> both(reply, "../alice.3bot")),
        wrong("a name that starts with a dot", reply -> both(reply, ".alice.3bot")),
        wrong("a name with a query", reply -> both(reply, "alice?x=.3bot")),
        wrong("a name with a line end", reply -> both(reply, "alice.3bot\n")),
        wrong("a name of 500 letters", reply -> both(reply, "a".repeat(500) + ".3bot")));
  }

  private static Arguments wrong(String what, Consumer<Reply> change) {
    return Arguments.of(what, change);
  }

  private static void both(Reply reply, String name) {
    reply.innerName = name;
    reply.outerName = name;
  }

  private static jakarta.json.JsonObject email(boolean verified) {
    return Json.createObjectBuilder()
        .add(
            "email",
            Json.createObjectBuilder().add("email", "a@b.example").add("verified", verified))
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void who_comes_back_with(String what, Consumer<Reply> change) throws IOException {
    Reply reply = good(ALICE);
    change.accept(reply);
    refused(browser, come(browser, reply));
  }

  @Test
  void a_proof_is_good_once() throws IOException {
    Reply reply = good(ALICE);
    assertThat(come(browser, reply).statusCode()).isEqualTo(303);
    assertThat(come(browser, reply).statusCode()).isEqualTo(403);
  }

  @Test
  void a_refused_proof_uses_up_the_state() throws IOException {
    Reply forged = good(ALICE);
    forged.bitOfSignature = 1;
    refused(browser, come(browser, forged));
    refused(browser, come(browser, good(ALICE)));
  }

  @Test
  void a_proof_is_good_in_the_browser_that_asked_only() throws IOException {
    Reply reply = good(ALICE);
    Browser without = new Browser(HUB.address());
    refused(without, come(without, reply));
    Browser other = new Browser(HUB.address());
    assertThat(start(other, "/")).containsKey("state");
    refused(other, come(other, reply));
  }

  @Test
  void starting_again_ends_the_attempt_before() throws IOException {
    Reply earlier = good(ALICE);
    assertThat(start(browser, "/").get("state")).isNotEqualTo(earlier.state);
    refused(browser, come(browser, earlier));
  }

  @Test
  void who_cancels_is_told_so() throws IOException {
    HttpResponse<String> back = browser.get("/callback_threebot?error=CancelledByUser");
    refused(browser, back);
    assertThat(back.body()).contains("cancelled");
    refused(browser, come(browser, good(ALICE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?signedAttempt=",
        "?signedAttempt=%7B%7D",
        "?signedAttempt=%5B%5D",
        "?signedAttempt=%7B%22doubleName%22%3A%22alice.3bot%22%7D",
        "?signedAttempt=%7B%22doubleName%22%3A%22alice.3bot%22%2C%22signedAttempt%22%3A%22%25%22%7D",
        "?signedAttempt=%7B%22doubleName%22%3A%22alice.3bot%22%2C%22signedAttempt%22%3A%22AAAA%22%7D",
        "?signedAttempt=%7B%22doubleName%22%3A7%2C%22signedAttempt%22%3A7%7D",
      })
  void what_is_no_proof_at_all_is_refused(String query) throws IOException {
    refused(browser, browser.get("/callback_threebot" + query));
  }

  @Test
  void a_key_that_cannot_be_had_signs_nobody_in() throws IOException {
    for (String body :
        new String[] {
          "[]",
          "{}",
          "{\"doublename\":\"dora.3bot\",\"publicKey\":\"AAAA\"}",
          MALLORY.card(),
          "{\"doublename\":\"dora.3bot\",\"publicKey\":\"" + "A".repeat(200_000) + "\"}",
        }) {
      User dora = HUB.threefold().user("dora.3bot");
      HUB.threefold().answer("dora.3bot", body);
      asked = start(browser, "/");
      refused(browser, come(browser, good(dora)));
    }
  }

  @Test
  void a_service_that_does_not_answer_holds_nobody_for_long() throws IOException {
    refused(browser, come(browser, good(HUB.threefold().user("slow.3bot"))));
  }

  private static void refused(Browser who, HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("Not signed in").doesNotContain("Exception");
    assertThat(who.get("/logout").body()).contains("You are not signed in");
  }
}
