package tf.grid.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Instance;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import tf.grid.hub.account.HubAuthenticationMechanism.SessionAuthenticator;
import tf.grid.hub.http.availability.Availability;

class HubAuthenticationMechanismTest {
  private final Map<String, Object> attributes = new HashMap<>();
  private final Logger logger = Logger.getLogger(HubAuthenticationMechanism.class.getName());
  private final List<String> log = new CopyOnWriteArrayList<>();

  @Test
  void the_log_says_why_a_server_does_not_accept_a_caller() {
    InvocationHandler strict =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "notifyContainerAboutLogin" ->
                  throw new IllegalStateException(new IOException("ELY01177: no such identity"));
              case "doNothing" -> AuthenticationStatus.NOT_DONE;
              default -> throw new UnsupportedOperationException(method.getName());
            };
    Handler handler = new Collector();
    logger.addHandler(handler);
    try {
      AuthenticationStatus status =
          mechanism().validateRequest(request(), null, fake(HttpMessageContext.class, strict));
      assertThat(status).isEqualTo(AuthenticationStatus.NOT_DONE);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(log)
        .containsExactly(
            "the server does not accept the caller Administrator, see docs/servers.md:"
                + " java.io.IOException: ELY01177: no such identity");
    assertThat(AuthenticationFailure.of(request())).isEqualTo(AuthenticationFailure.BAD_TOKEN);
  }

  private static HubAuthenticationMechanism mechanism() {
    return new HubAuthenticationMechanism(
        new Availability(),
        instance(new ApiAuthentication(true, token -> Optional.empty())),
        instance((SessionAuthenticator) request -> Optional.empty()));
  }

  private HttpServletRequest request() {
    return fake(
        HttpServletRequest.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getAttribute" -> attributes.get(arguments[0].toString());
              case "setAttribute" -> attributes.put(arguments[0].toString(), arguments[1]);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  @SuppressWarnings("unchecked") // the proxy is for the one type that the test needs
  private static <T> Instance<T> instance(T value) {
    return fake(Instance.class, (proxy, method, arguments) -> value);
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private final class Collector extends Handler {
    @Override
    public void publish(LogRecord line) {
      log.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
