package tf.grid.hub.account.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
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

class WebSessionsTest {
  private static final AccountName ERIN = new AccountName("erin");
  private static final AccountName APPS = new AccountName("apps");

  private final HandClock clock = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final WebSessions sessions =
      new WebSessions(new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(8)), clock);
  private final HttpServletRequest visitor = new VisitorRequest().toServlet();

  @Test
  void who_signed_in_is_known_with_memberships_and_everything_allowed() {
    sessions.signIn(visitor, identity(Optional.empty()));

    Caller caller = sessions.caller(visitor).orElseThrow();
    assertThat(caller.account()).isEqualTo(ERIN);
    assertThat(caller.memberOf()).containsExactly(APPS);
    assertThat(caller.scopes()).isEqualTo(Scope.ALL);
    assertThat(visitor.getSession(false).getAttribute("idle")).isEqualTo(3600);
  }

  @Test
  void forms_are_known_by_a_text_that_lives_and_dies_with_the_session() {
    assertThat(sessions.formToken(visitor)).isEmpty();
    sessions.signIn(visitor, Identity.of(ERIN));
    String token = sessions.formToken(visitor).orElseThrow();
    assertThat(token).hasSize(32);
    assertThat(sessions.formToken(visitor)).hasValue(token);

    sessions.signIn(visitor, Identity.of(ERIN));
    assertThat(sessions.formToken(visitor)).isPresent().get().isNotEqualTo(token);
    clock.pass(Duration.ofHours(8));
    assertThat(sessions.formToken(visitor)).isEmpty();
  }

  @Test
  void nothing_of_the_session_before_is_kept() {
    visitor.getSession(true).setAttribute("planted", "x");
    sessions.signIn(visitor, Identity.of(ERIN));
    assertThat(visitor.getSession(false).getAttribute("planted")).isNull();
  }

  @Test
  void a_session_ends_however_much_it_is_used() {
    sessions.signIn(visitor, Identity.of(ERIN));
    clock.pass(Duration.ofHours(8).minusSeconds(1));
    assertThat(sessions.caller(visitor)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(sessions.caller(visitor)).isEmpty();
  }

  @Test
  void a_session_ends_no_later_than_the_other_side_vouches() {
    sessions.signIn(visitor, identity(Optional.of(clock.instant().plusSeconds(60))));
    clock.pass(Duration.ofSeconds(59));
    assertThat(sessions.caller(visitor)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(sessions.caller(visitor)).isEmpty();
  }

  @Test
  void who_signed_out_is_nobody() {
    sessions.signIn(visitor, Identity.of(ERIN));
    sessions.signOut(visitor);
    assertThat(sessions.caller(visitor)).isEmpty();
    assertThat(visitor.getSession(false)).isNull();
  }

  @Test
  void all_sessions_of_a_user_end_at_once_and_the_user_can_sign_in_again() {
    HttpServletRequest frank = new VisitorRequest().toServlet();
    sessions.signIn(visitor, Identity.of(ERIN));
    sessions.signIn(frank, Identity.of(new AccountName("frank")));
    clock.pass(Duration.ofSeconds(1));

    sessions.endAll(ERIN);

    assertThat(sessions.caller(visitor)).isEmpty();
    assertThat(sessions.formToken(visitor)).isEmpty();
    assertThat(sessions.caller(frank)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    sessions.signIn(visitor, Identity.of(ERIN));
    assertThat(sessions.caller(visitor)).isPresent();
  }

  @Test
  void visitors_are_nobody_and_get_no_session_by_being_asked() {
    assertThat(sessions.caller(visitor)).isEmpty();
    assertThat(visitor.getSession(false)).isNull();
  }

  private static Identity identity(Optional<Instant> expires) {
    return new Identity(ERIN, Optional.empty(), Set.of(APPS), expires);
  }
}
