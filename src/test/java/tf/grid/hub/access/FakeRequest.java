package tf.grid.hub.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tf.grid.hub.account.Caller;

/** A request with just what decisions about access look at. */
final class FakeRequest {

  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private Caller caller;
  private String local = "192.0.2.7";
  private String remote = "192.0.2.8";
  private Cookie[] cookies;

  FakeRequest() {
    header("Host", "hub.example");
  }

  FakeRequest by(Caller someone) {
    caller = someone;
    return this;
  }

  FakeRequest header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  FakeRequest between(String client, String server) {
    remote = client;
    local = server;
    return this;
  }

  FakeRequest cookie(String name, String value) {
    cookies = new Cookie[] {new Cookie("other", "x"), new Cookie(name, value)};
    return this;
  }

  FakeRequest attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  HttpServletRequest toServlet() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> answer(method, arguments));
  }

  private Object answer(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "getHeader" -> headers.get(arguments[0].toString().toLowerCase(Locale.ROOT));
      case "getUserPrincipal" -> caller;
      case "getCookies" -> cookies;
      case "getAttribute" -> attributes.get(arguments[0].toString());
      case "setAttribute" -> attributes.put(arguments[0].toString(), arguments[1]);
      case "getLocalAddr" -> local;
      case "getRemoteAddr" -> remote;
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }
}
