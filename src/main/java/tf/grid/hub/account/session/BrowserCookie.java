package tf.grid.hub.account.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Optional;
import tf.grid.hub.http.BasePath;

/**
 * A cookie that neither scripts nor forms of other sites can use. Browsers forget it when they are
 * closed.
 *
 * @param name its name
 * @param site the public URL of the hub, below which it is sent
 */
public record BrowserCookie(String name, URI site) {

  /** Value of the cookie as the client sent it; the first one if several have the name. */
  public Optional<String> value(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(name)) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  /**
   * Sends a value.
   *
   * @param value letters, digits, dots, hyphens and underscores
   */
  public void send(HttpServletResponse response, String value) {
    response.addCookie(cookie(value));
  }

  /** Makes the browser forget the cookie. */
  public void forget(HttpServletResponse response) {
    Cookie cookie = cookie("");
    cookie.setMaxAge(0);
    response.addCookie(cookie);
  }

  private Cookie cookie(String value) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath(BasePath.of(site).ofCookies());
    cookie.setHttpOnly(true);
    cookie.setSecure(site.getScheme().equals("https"));
    // Links from other sites keep visitors signed in, forms of other sites do not.
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }
}
