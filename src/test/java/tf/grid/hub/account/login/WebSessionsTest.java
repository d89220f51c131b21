package tf.grid.hub.account.login;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.Caller;
import tf.grid.hub.account.Scope;
import tf.grid.hub.account.login.WebSessions.SessionLifetimes;
import tf.grid.hub.account.session.MemorySessions;

class WebSessionsTest {
  private static final AccountName ERIN = new AccountName("erin");
  private static final AccountName APPS = new AccountName("apps");

  private final HandClock clock = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final WebSessions sessions =
      new WebSessions(
          new MemorySessions(),
          URI.create("https://hub.example/"),
          new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(8)),
          clock);
  private final VisitorRequest browser = new VisitorRequest();
  private final HttpServletRequest visitor = browser.toServlet();

  @Test
  void who_signed_in_is_known_with_memberships_and_everything_allowed() {
    sessions.signIn(visitor, browser.response(), identity(Optional.empty()));

    Caller caller = sessions.caller(visitor).orElseThrow();
    assertThat(caller.account()).isEqualTo(ERIN);
    assertThat(caller.memberOf()).containsExactly(APPS);
    assertThat(caller.scopes()).isEqualTo(Scope.ALL);
  }

  @Test
  void forms_are_known_by_a_text_that_lives_and_dies_with_the_session() {
    assertThat(sessions.formToken(visitor)).isEmpty();
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    String token = sessions.formToken(visitor).orElseThrow();
    assertThat(token).hasSize(32);
    assertThat(sessions.formToken(visitor)).hasValue(token);

    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    assertThat(sessions.formToken(visitor)).isPresent().get().isNotEqualTo(token);
    clock.pass(Duration.ofHours(8));
    assertThat(sessions.formToken(visitor)).isEmpty();
  }

  @Test
  void the_session_before_ends_and_its_key_is_not_used_again() {
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    String before = browser.cookie(WebSessions.COOKIE).orElseThrow();
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    assertThat(browser.cookie(WebSessions.COOKIE)).isPresent().get().isNotEqualTo(before);

    browser.setCookie(WebSessions.COOKIE, before);
    assertThat(sessions.caller(visitor)).isEmpty();
  }

  @Test
  void a_session_ends_that_is_not_used() {
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    for (int i = 0; i < 3; i++) {
      clock.pass(Duration.ofMinutes(59));
      assertThat(sessions.caller(visitor)).isPresent();
    }
    clock.pass(Duration.ofHours(1));
    assertThat(sessions.caller(visitor)).isEmpty();
  }

  @Test
  void keys_that_were_tampered_with_are_those_of_nobody() {
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    String key = browser.cookie(WebSessions.COOKIE).orElseThrow();
    for (String other :
        new String[] {"", "x", key + "A", key.substring(1), "../" + key, key.toLowerCase(ROOT)}) {
      browser.setCookie(WebSessions.COOKIE, other);
      assertThat(sessions.caller(visitor)).as(other).isEmpty();
      assertThat(sessions.formToken(visitor)).as(other).isEmpty();
    }
  }

  @Test
  void a_session_ends_however_much_it_is_used() {
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    for (int i = 0; i < 16; i++) {
      assertThat(sessions.caller(visitor)).isPresent();
      clock.pass(Duration.ofMinutes(30));
    }
    assertThat(sessions.caller(visitor)).isEmpty();
  }

  @Test
  void a_session_ends_no_later_than_the_other_side_vouches() {
    sessions.signIn(
        visitor, browser.response(), identity(Optional.of(clock.instant().plusSeconds(60))));
    clock.pass(Duration.ofSeconds(59));
    assertThat(sessions.caller(visitor)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(sessions.caller(visitor)).isEmpty();
  }

  @Test
  void who_signed_out_is_nobody() {
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    String key = browser.cookie(WebSessions.COOKIE).orElseThrow();
    sessions.signOut(visitor, browser.response());
    assertThat(browser.cookie(WebSessions.COOKIE)).isEmpty();
    browser.setCookie(WebSessions.COOKIE, key);
    assertThat(sessions.caller(visitor)).as("a cookie that was copied before").isEmpty();
  }

  @Test
  void all_sessions_of_a_user_end_at_once_and_the_user_can_sign_in_again() {
    VisitorRequest other = new VisitorRequest();
    HttpServletRequest frank = other.toServlet();
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    sessions.signIn(frank, other.response(), Identity.of(new AccountName("frank")));
    clock.pass(Duration.ofSeconds(1));

    sessions.endAll(ERIN);

    assertThat(sessions.caller(visitor)).isEmpty();
    assertThat(sessions.formToken(visitor)).isEmpty();
    assertThat(sessions.caller(frank)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    sessions.signIn(visitor, browser.response(), Identity.of(ERIN));
    assertThat(sessions.caller(visitor)).isPresent();
  }

  @Test
  void visitors_are_nobody_and_get_no_session_by_being_asked() {
    assertThat(sessions.caller(visitor)).isEmpty();
    assertThat(browser.cookie(WebSessions.COOKIE)).isEmpty();
  }

  private static Identity identity(Optional<Instant> expires) {
    return new Identity(ERIN, Optional.empty(), Set.of(APPS), expires);
  }
}
