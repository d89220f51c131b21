package tf.grid.hub.account.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.session.MemorySessions;

class SignInAttemptsTest {
  private static final LocalPath THERE = new LocalPath("/token?a=b%20c");

  private final HandClock clock = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final MemorySessions store = new MemorySessions();
  private final SignInAttempts attempts = attempts(1);
  private final VisitorRequest browser = new VisitorRequest();

  private SignInAttempts attempts(int key) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) key;
    return new SignInAttempts(bytes, URI.create("https://hub.example/"), store, clock);
  }

  private SignInAttempt begin() {
    SignInAttempt attempt = attempts.begin(THERE);
    attempts.send(browser.response(), attempt);
    return attempt;
  }

  private SignInAttempt end(SignInAttempts hub) throws SignInException {
    return hub.end(browser.toServlet(), browser.response());
  }

  private void refused(String why) {
    assertThatThrownBy(() -> end(attempts))
        .isInstanceOf(SignInException.class)
        .hasMessageContaining(why);
  }

  @Test
  void states_are_letters_and_digits_and_never_the_same() {
    assertThat(IntStream.range(0, 1000).mapToObj(i -> attempts.begin(THERE).state()))
        .doesNotHaveDuplicates()
        .allSatisfy(state -> assertThat(state).matches("[A-Za-z0-9]{32}"));
  }

  @Test
  void an_attempt_may_take_just_under_ten_minutes_and_end_at_another_hub() throws Exception {
    SignInAttempt begun = begin();
    clock.pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(end(attempts(1))).isEqualTo(begun);
  }

  @Test
  void an_attempt_of_ten_minutes_ago_is_refused() {
    begin();
    clock.pass(Duration.ofMinutes(10));
    refused("too long ago");
  }

  @Test
  void an_attempt_ends_once_even_if_its_cookie_was_copied() throws Exception {
    begin();
    String copied = browser.cookie(SignInAttempts.COOKIE).orElseThrow();
    end(attempts);
    refused("not started in this browser");
    browser.setCookie(SignInAttempts.COOKIE, copied);
    refused("not started in this browser");
  }

  @Test
  void a_browser_without_the_cookie_has_no_attempt() {
    refused("not started in this browser");
  }

  @Test
  void a_cookie_that_was_tampered_with_is_refused() {
    begin();
    String cookie = browser.cookie(SignInAttempts.COOKIE).orElseThrow();
    String time = Long.toString(clock.millis());
    for (String other :
        new String[] {
          "",
          "x",
          cookie + "x",
          cookie.substring(1),
          cookie.replace(time, Long.toString(clock.millis() + 1)),
          cookie.substring(0, cookie.lastIndexOf('.') + 1) + "A".repeat(43)
        }) {
      browser.setCookie(SignInAttempts.COOKIE, other);
      refused("not started in this browser");
    }
  }

  @Test
  void a_cookie_of_another_installation_is_refused() {
    SignInAttempts others = attempts(2);
    others.send(browser.response(), others.begin(THERE));
    refused("not started in this browser");
  }

  @Test
  void only_the_very_state_is_accepted() {
    SignInAttempt attempt = attempts.begin(THERE);
    assertThatCode(() -> attempt.requireState(attempt.state())).doesNotThrowAnyException();
    for (String other : new String[] {"", attempt.state() + "x", attempt.state().substring(1)}) {
      assertThatThrownBy(() -> attempt.requireState(other)).isInstanceOf(SignInException.class);
    }
    assertThat(attempt.toString()).doesNotContain(attempt.state());
  }
}
