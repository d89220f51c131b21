package tf.grid.hub.site.language;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import tf.grid.hub.access.AccessPolicy;
import tf.grid.hub.http.BasePath;

/** The cookie that keeps a visitor's choice of language. It says nothing about the visitor. */
public final class LanguageCookie {
  private static final Duration LIFE = Duration.ofDays(365);

  private LanguageCookie() {}

  /** A cookie for a year. */
  public static Cookie of(Language language, AccessPolicy policy) {
    Cookie cookie = new Cookie(Languages.COOKIE, language.tag());
    cookie.setPath(BasePath.of(policy.publicUrl()).ofCookies());
    cookie.setMaxAge(Math.toIntExact(LIFE.toSeconds()));
    cookie.setHttpOnly(true);
    cookie.setSecure(policy.publicUrl().getScheme().equals("https"));
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }
}
