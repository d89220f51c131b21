package tf.grid.hub.account.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A request that has a session, or gets one, and parameters, and nothing else. */
public final class VisitorRequest {
  private final Map<String, String> parameters = new HashMap<>();
  private Map<String, Object> session;

  /** Sets a parameter. */
  public VisitorRequest with(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  /** The request as code of the product gets it. */
  public HttpServletRequest toServlet() {
    return proxy(
        HttpServletRequest.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("getParameter")) {
            return parameters.get(arguments[0].toString());
          }
          if (!method.getName().equals("getSession")) {
            throw new UnsupportedOperationException(method.getName());
          }
          if (session == null && (arguments == null || (boolean) arguments[0])) {
            session = new HashMap<>();
          }
          return session == null ? null : session(session);
        });
  }

  private HttpSession session(Map<String, Object> attributes) {
    return proxy(
        HttpSession.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getAttribute" -> attributes.get(arguments[0].toString());
              case "setAttribute" -> attributes.put(arguments[0].toString(), arguments[1]);
              case "removeAttribute" -> attributes.remove(arguments[0].toString());
              case "setMaxInactiveInterval" -> attributes.put("idle", arguments[0]);
              case "invalidate" -> {
                session = null;
                yield null;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
