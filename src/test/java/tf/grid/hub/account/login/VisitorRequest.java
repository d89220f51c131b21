package tf.grid.hub.account.login;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request and its response, with the cookies of one browser, parameters, and nothing else. */
public final class VisitorRequest {
  private final Map<String, String> parameters = new HashMap<>();
  private final Map<String, Cookie> cookies = new HashMap<>();

  /** Sets a parameter. */
  public VisitorRequest with(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  /** The value of a cookie of the browser. */
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name)).map(Cookie::getValue);
  }

  /** Gives the browser a cookie. */
  public void setCookie(String name, String value) {
    cookies.put(name, new Cookie(name, value));
  }

  /** The request as code of the product gets it. */
  public HttpServletRequest toServlet() {
    return proxy(
        HttpServletRequest.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getParameter" -> parameters.get(arguments[0].toString());
              case "getCookies" ->
                  cookies.isEmpty() ? null : cookies.values().toArray(Cookie[]::new);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  /** The response, whose cookies the browser keeps. */
  public HttpServletResponse response() {
    return proxy(
        HttpServletResponse.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("addCookie")) {
            throw new UnsupportedOperationException(method.getName());
          }
          Cookie cookie = (Cookie) arguments[0];
          if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
          } else {
            cookies.put(cookie.getName(), cookie);
          }
          return null;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
