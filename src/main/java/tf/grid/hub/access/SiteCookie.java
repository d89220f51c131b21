package tf.grid.hub.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tf.grid.hub.http.BasePath;

/** Cookies of the hub besides that of the session. */
public final class SiteCookie {
  private SiteCookie() {}

  /**
   * Creates a cookie for all addresses of the hub, which expires when the browser is closed, and
   * which neither scripts nor forms of other sites can use.
   */
  public static Cookie of(String name, String value, AccessPolicy policy) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath(BasePath.of(policy.publicUrl()).ofCookies());
    cookie.setHttpOnly(true);
    cookie.setSecure(policy.publicUrl().getScheme().equals("https"));
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }

  /** The value of a cookie as the client sent it; the first one if several have the name. */
  public static Optional<String> value(HttpServletRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(name)) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }
}
