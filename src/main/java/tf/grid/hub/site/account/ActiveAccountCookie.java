package tf.grid.hub.site.account;

import jakarta.servlet.http.Cookie;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.http.BasePath;

/** The cookie with the account to act for. */
final class ActiveAccountCookie {

  private ActiveAccountCookie() {}

  /**
   * A cookie that expires when the browser is closed. Programs may set it too, so its name is part
   * of the API.
   */
  static Cookie remembered(String account, AccessPolicy policy) {
    Cookie cookie =
        new Cookie(
            AccessControl.ACTIVE_USER_COOKIE, URLEncoder.encode(account, StandardCharsets.UTF_8));
    cookie.setPath(BasePath.of(policy.publicUrl()).ofCookies());
    cookie.setHttpOnly(true);
    cookie.setSecure(policy.publicUrl().getScheme().equals("https"));
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }

  /** A cookie that deletes it, so that the next user acts for the user's own account. */
  static Cookie forgotten(AccessPolicy policy) {
    Cookie cookie = remembered("", policy);
    cookie.setMaxAge(0);
    return cookie;
  }
}
