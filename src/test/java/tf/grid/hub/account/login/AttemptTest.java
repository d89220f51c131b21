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

class AttemptTest {
  private final HandClock clock = new HandClock(Instant.parse("2026-03-01T10:00:00Z"));
  private final HttpServletRequest visitor = new VisitorRequest().toServlet();

  @Test
  void states_are_letters_and_digits_and_never_the_same() {
    assertThat(IntStream.range(0, 1000).mapToObj(i -> Attempt.begin(visitor, clock).state()))
        .doesNotHaveDuplicates()
        .allSatisfy(state -> assertThat(state).matches("[A-Za-z0-9]{32}"));
  }

  @Test
  void an_attempt_may_take_just_under_ten_minutes() throws SignInRefused {
    Attempt begun = Attempt.begin(visitor, clock);
    clock.pass(Duration.ofMinutes(10).minusMillis(1));
    assertThat(Attempt.end(visitor, clock)).isEqualTo(begun);
  }

  @Test
  void an_attempt_of_ten_minutes_ago_is_refused() {
    Attempt.begin(visitor, clock);
    clock.pass(Duration.ofMinutes(10));
    assertThatThrownBy(() -> Attempt.end(visitor, clock))
        .isInstanceOf(SignInRefused.class)
        .hasMessageContaining("too long ago");
  }

  @Test
  void an_attempt_ends_once() throws SignInRefused {
    Attempt.begin(visitor, clock);
    Attempt.end(visitor, clock);
    assertThatThrownBy(() -> Attempt.end(visitor, clock)).isInstanceOf(SignInRefused.class);
  }

  @Test
  void a_browser_without_a_session_has_no_attempt() {
    HttpServletRequest stranger = new VisitorRequest().toServlet();
    assertThatThrownBy(() -> Attempt.end(stranger, clock))
        .isInstanceOf(SignInRefused.class)
        .hasMessageContaining("not started in this browser");
  }

  @Test
  void only_the_very_state_is_accepted() {
    Attempt attempt = Attempt.begin(visitor, clock);
    assertThatCode(() -> attempt.requireState(attempt.state())).doesNotThrowAnyException();
    for (String other : new String[] {"", attempt.state() + "x", attempt.state().substring(1)}) {
      assertThatThrownBy(() -> attempt.requireState(other)).isInstanceOf(SignInRefused.class);
    }
    assertThat(attempt.toString()).doesNotContain(attempt.state());
  }
}
