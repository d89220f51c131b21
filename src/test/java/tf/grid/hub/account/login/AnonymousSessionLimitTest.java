package tf.grid.hub.account.login;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnonymousSessionLimitTest {
  private final AnonymousSessionLimit limit = new AnonymousSessionLimit(2);
  private final List<String> ended = new ArrayList<>();

  @Test
  void the_oldest_goes_when_one_comes_that_is_too_many() {
    come("a");
    come("b");
    assertThat(ended).isEmpty();
    come("c");
    come("d");
    assertThat(ended).containsExactly("a", "b");
  }

  @Test
  void who_has_signed_in_is_left_alone() {
    HttpSession user = come("user");
    limit.attributeAdded(new HttpSessionBindingEvent(user, WebSessions.CALLER, "erin"));
    come("a");
    come("b");
    come("c");
    assertThat(ended).containsExactly("a");
  }

  @Test
  void what_else_a_session_gets_makes_nobody_a_user() {
    HttpSession anonymous = come("a");
    limit.attributeAdded(new HttpSessionBindingEvent(anonymous, "destination", "/"));
    come("b");
    come("c");
    assertThat(ended).containsExactly("a");
  }

  @Test
  void a_session_that_ended_makes_room() {
    limit.sessionDestroyed(new HttpSessionEvent(come("a")));
    come("b");
    come("c");
    assertThat(ended).isEmpty();
  }

  private HttpSession come(String id) {
    HttpSession session =
        (HttpSession)
            Proxy.newProxyInstance(
                HttpSession.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getId" -> id;
                      case "invalidate" -> {
                        ended.add(id);
                        limit.sessionDestroyed(new HttpSessionEvent((HttpSession) proxy));
                        yield null;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    limit.sessionCreated(new HttpSessionEvent(session));
    return session;
  }
}
