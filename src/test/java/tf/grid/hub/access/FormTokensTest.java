package tf.grid.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tf.grid.hub.access.AccessException.StaleFormException;
import tf.grid.hub.account.AccountName;
import tf.grid.hub.account.login.Identity;
import tf.grid.hub.account.login.VisitorRequest;
import tf.grid.hub.account.login.WebSessions;
import tf.grid.hub.account.login.WebSessions.SessionLifetimes;
import tf.grid.hub.account.session.MemorySessions;

class FormTokensTest {

  private final WebSessions sessions =
      new WebSessions(
          new MemorySessions(),
          URI.create("http://hub.example"),
          new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(8)),
          Clock.systemUTC());
  private final VisitorRequest browser = new VisitorRequest();
  private final HttpServletRequest visitor = browser.toServlet();
  private final FormTokens tokens = tokens(visitor, false);

  @Test
  void a_form_of_the_session_is_good() {
    sessions.signIn(visitor, browser.response(), Identity.of(new AccountName("erin")));

    assertThat(tokens.needed()).isTrue();
    assertThatCode(() -> tokens.check(tokens.current())).doesNotThrowAnyException();
  }

  @Test
  void a_form_of_another_session_or_of_none_is_not() {
    VisitorRequest attacker = new VisitorRequest();
    HttpServletRequest other = attacker.toServlet();
    sessions.signIn(other, attacker.response(), Identity.of(new AccountName("mallory")));
    String foreign = tokens(other, false).current();
    sessions.signIn(visitor, browser.response(), Identity.of(new AccountName("erin")));

    assertThatThrownBy(() -> tokens.check(foreign)).isInstanceOf(StaleFormException.class);
    assertThatThrownBy(() -> tokens.check("")).isInstanceOf(StaleFormException.class);
    assertThatThrownBy(() -> tokens.check(tokens.current() + "0"))
        .isInstanceOf(StaleFormException.class);
  }

  @Test
  void who_is_not_signed_in_has_no_forms_not_even_empty_ones() {
    assertThat(tokens.current()).isEmpty();
    assertThatThrownBy(() -> tokens.check("")).isInstanceOf(StaleFormException.class);
  }

  @Test
  void without_authentication_forms_prove_nothing() {
    FormTokens open = tokens(visitor, true);

    assertThat(open.needed()).isFalse();
    assertThat(open.current()).isEmpty();
    assertThatCode(() -> open.check("anything")).doesNotThrowAnyException();
  }

  private FormTokens tokens(HttpServletRequest request, boolean open) {
    AccessPolicy policy = new AccessPolicy(false, open, URI.create("http://hub.example"), Set.of());
    return new FormTokens(request, policy, sessions);
  }
}
