package tf.grid.hub.account.anonymous;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnonymousAuthContextTest {

  private final List<String> asked = new ArrayList<>();
  private final AnonymousAuthContext pass = new AnonymousAuthContext(mechanism(), "/hub/api/");

  @Test
  void a_call_of_the_api_without_a_token_goes_on_as_anonymous() throws AuthException {
    Subject client = new Subject();

    AuthStatus status = context().validateRequest(message("/hub/api/flist", null), client, null);

    assertThat(status).isEqualTo(AuthStatus.SUCCESS);
    assertThat(client.getPrincipals()).isEmpty();
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/hub/api/flist/me, bearer x",
    "/hub/api/flist/me, ''",
    "/hub/login-method,",
    "/hub/apiary/flist,",
    "/api/flist,",
    "/hub/,"
  })
  void everything_else_is_left_to_the_mechanism(String address, String header)
      throws AuthException {
    AuthStatus status = context().validateRequest(message(address, header), new Subject(), null);

    assertThat(status).isEqualTo(AuthStatus.SEND_FAILURE);
    assertThat(asked).containsExactly("validateRequest");
  }

  @Test
  void the_response_is_secured_by_the_context_that_accepted_the_request() throws AuthException {
    assertThat(context().secureResponse(message("/hub/api/flist", null), null))
        .isEqualTo(AuthStatus.SEND_SUCCESS);
    assertThat(asked).isEmpty();

    context().secureResponse(message("/hub/api/flist", "bearer x"), null);
    assertThat(asked).containsExactly("secureResponse");
  }

  private ServerAuthContext context() throws AuthException {
    return pass.getServerAuthConfig("HttpServlet", "server /hub", null)
        .getAuthContext("id", null, Map.of());
  }

  /** A mechanism that refuses everybody and remembers what it was asked. */
  private AuthConfigProvider mechanism() {
    ServerAuthContext context =
        fake(
            ServerAuthContext.class,
            (method, arguments) -> {
              asked.add(method);
              return AuthStatus.SEND_FAILURE;
            });
    ServerAuthConfig config = fake(ServerAuthConfig.class, (method, arguments) -> context);
    return fake(AuthConfigProvider.class, (method, arguments) -> config);
  }

  private static MessageInfo message(String address, String header) {
    Map<String, Object> answers = new HashMap<>();
    answers.put("getRequestURI", address);
    answers.put("getHeader", header);
    HttpServletRequest request =
        fake(HttpServletRequest.class, (method, arguments) -> answers.get(method));
    return fake(MessageInfo.class, (method, arguments) -> request);
  }

  /** Of an interface with many methods of which a test needs one. */
  private static <T> T fake(Class<T> type, Answers answers) {
    Object made =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.to(method.getName(), arguments));
    return type.cast(made);
  }

  @FunctionalInterface
  private interface Answers {
    Object to(String method, Object[] arguments);
  }
}
