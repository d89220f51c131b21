package tf.grid.hub.site.account;

import jakarta.servlet.http.Cookie;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tf.grid.hub.access.AccessControl;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.access.SiteCookie;

/** The cookie with the account to act for. */
final class ActiveAccountCookie {

  private ActiveAccountCookie() {}

  /**
   * A cookie that expires when the browser is closed. Programs may set it too, so its name is part
   * of the API.
   */
  static Cookie remembered(String account, AccessPolicy policy) {
    return SiteCookie.of(
        AccessControl.ACTIVE_USER_COOKIE,
        URLEncoder.encode(account, StandardCharsets.UTF_8),
        policy);
  }

  /** A cookie that deletes it, so that the next user acts for the user's own account. */
  static Cookie forgotten(AccessPolicy policy) {
    Cookie cookie = remembered("", policy);
    cookie.setMaxAge(0);
    return cookie;
  }
}
