package tf.grid.hub.account.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tf.grid.hub.HandClock;

class SignInAttemptTest {
  private final HandClock clock = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final HttpServletRequest visitor = new VisitorRequest().toServlet();

  @Test
  void states_are_letters_and_digits_and_never_the_same() {
    assertThat(IntStream.range(0, 1000).mapToObj(i -> SignInAttempt.begin(visitor, clock).state()))
        .doesNotHaveDuplicates()
        .allSatisfy(state -> assertThat(state).matches("[A-Za-z0-9]{32}"));
  }

  @Test
  void an_attempt_may_take_just_under_ten_minutes() throws SignInException {
    SignInAttempt begun = SignInAttempt.begin(visitor, clock);
    clock.pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(SignInAttempt.end(visitor, clock)).isEqualTo(begun);
  }

  @Test
  void an_attempt_of_ten_minutes_ago_is_refused() {
    SignInAttempt.begin(visitor, clock);
    clock.pass(Duration.ofMinutes(10));
    assertThatThrownBy(() -> SignInAttempt.end(visitor, clock))
        .isInstanceOf(SignInException.class)
        .hasMessageContaining("too long ago");
  }

  @Test
  void an_attempt_ends_once() throws SignInException {
    SignInAttempt.begin(visitor, clock);
    SignInAttempt.end(visitor, clock);
    assertThatThrownBy(() -> SignInAttempt.end(visitor, clock)).isInstanceOf(SignInException.class);
  }

  @Test
  void a_browser_without_a_session_has_no_attempt() {
    HttpServletRequest other = new VisitorRequest().toServlet();
    assertThatThrownBy(() -> SignInAttempt.end(other, clock))
        .isInstanceOf(SignInException.class)
        .hasMessageContaining("not started in this browser");
  }

  @Test
  void only_the_very_state_is_accepted() {
    SignInAttempt attempt = SignInAttempt.begin(visitor, clock);
    assertThatCode(() -> attempt.requireState(attempt.state())).doesNotThrowAnyException();
    for (String other : new String[] {"", attempt.state() + "x", attempt.state().substring(1)}) {
      assertThatThrownBy(() -> attempt.requireState(other)).isInstanceOf(SignInException.class);
    }
    assertThat(attempt.toString()).doesNotContain(attempt.state());
  }
}
