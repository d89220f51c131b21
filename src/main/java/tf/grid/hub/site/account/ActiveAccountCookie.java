package tf.grid.hub.site.account;

import jakarta.servlet.http.Cookie;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessPolicy;

/** How a browser remembers whom it acts for. Stateless. */
final class ActiveAccountCookie {

  private ActiveAccountCookie() {}

  /** As long as the browser is open; programs may set it too, so that its name is not ours. */
  static Cookie remembered(String account, AccessPolicy policy) {
    Cookie cookie =
        new Cookie(
            AccessControl.ACTIVE_USER_COOKIE, URLEncoder.encode(account, StandardCharsets.UTF_8));
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(policy.publicUrl().getScheme().equals("https"));
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }

  /** No more: whoever signs in next acts for himself. */
  static Cookie forgotten(AccessPolicy policy) {
    Cookie cookie = remembered("", policy);
    cookie.setMaxAge(0);
    return cookie;
  }
}
